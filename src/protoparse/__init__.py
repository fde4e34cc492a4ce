"""protoparse: Swedish protocols and newsletters as a public record that can be searched, checked and trusted."""

__version__ = "0.1.0"
