"""The command `secmsg`: turns an error of the tree into one sentence and the family's exit code."""

import os
import sys

import click

from secmsg.commands import failures
from secmsg.commands.ground import Ground
from secmsg.commands.root import secmsg
from secmsg.errors import SecmsgError
from secmsg.process import seclude

INTERRUPTED = 130
UNREADABLE = 1


def main(ground: Ground | None = None) -> None:
    """Run the command line and exit with 0, click's 2 for a wrong call, or the error's own code."""
    if ground is None:
        seclude()
    sys.exit(_run(Ground() if ground is None else ground))


def _run(ground: Ground) -> int:
    try:
        code = secmsg.main(prog_name="secmsg", standalone_mode=False, obj=ground)
    except SecmsgError as error:
        click.echo(f"secmsg: {failures.sentence(error)}", err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("secmsg: stopped; what was done before is kept", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone: nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    except OSError as error:
        click.echo(f"secmsg: {error.filename or 'a file'}: {error.strerror}; nothing was released", err=True)
        return UNREADABLE
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
