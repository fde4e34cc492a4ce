"""`python -m protoparse` is the command `protoparse`."""

from protoparse.cli import main

if __name__ == "__main__":
    main(prog_name="protoparse")
