import type { Context } from "../escaping/context.ts";
import type { Statement } from "../language/node.ts";
import { compileApply, compileCapture, compileDo, compileSet, compileWith } from "./assignments.ts";
import { compileIf } from "./branches.ts";
import type { Scope } from "./compiler.ts";
import { compileInclude } from "./includes.ts";
import { compileBlock } from "./inheritance.ts";
import { compileFor } from "./loops.ts";
import { type Piece, textPiece } from "./piece.ts";
import { compilePrint } from "./prints.ts";
import { sequence } from "./sequence.ts";
import { compileText } from "./texts.ts";
import { withImports } from "./with-imports.ts";

/** Statements one after the other: each stands where the one before it ended. */
export function compileBody(statements: readonly Statement[], scope: Scope, start: Context): Piece {
  const inside = withImports(statements, scope);
  const pieces: Piece[] = [];
  let place = start;
  for (const statement of statements) {
    const piece = compileStatement(statement, inside, place);
    pieces.push(piece);
    place = piece.end;
  }
  return sequence(pieces, start);
}

function compileStatement(node: Statement, scope: Scope, start: Context): Piece {
  switch (node.kind) {
    case "text":
      return compileText(node.text, scope, start, node.at);
    case "print":
      return compilePrint(node.value, scope, start, node.at);
    case "if":
      return compileIf(node, scope, start);
    case "for":
      return compileFor(node, scope, start);
    case "set":
      return compileSet(node, scope, start);
    case "capture":
      return compileCapture(node, scope, start);
    case "block":
      return compileBlock(node.name, 0, scope, start, node.at);
    case "include":
      return compileInclude(node, scope, start);
    case "with":
      return compileWith(node, scope, start);
    case "apply":
      return compileApply(node, scope, start);
    case "do":
      return compileDo(scope.compiler.value(node.value, scope), start);
    case "import":
    case "macro":
      return textPiece("", start);
  }
}
