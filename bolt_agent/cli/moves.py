"""`bolt-agent moves`: the moves that are kept."""

from __future__ import annotations

import json

from bolt_agent.robot.kept_moves import MoveLibrary, folder_of_moves

__all__ = ["list_moves"]


def list_moves(name: str | None = None, *, as_json: bool = False) -> int:
    """List the kept moves, or print the file of one."""
    folder = folder_of_moves()
    library = MoveLibrary(folder)
    if name is not None:
        print(library.read(name), end="")
        return 0
    moves = list(library)
    if as_json:
        print(json.dumps([move._asdict() for move in moves], ensure_ascii=False, indent=1))
    elif not moves:
        print("No moves are kept yet. A program keeps one with moss.body.save_move(name, description, move).")
    else:
        width = max(len(move.name) for move in moves)
        for move in moves:
            ran = f"  (ran well {move.ran_well})" if move.ran_well else ""
            print(f"{move.name:<{width}}  {move.description}{ran}")
        print(f"\nFiles, to edit and share: {folder}")
    return 0
