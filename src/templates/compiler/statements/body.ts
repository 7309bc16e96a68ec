import type { Context } from "../../escaping/context.ts";
import type { Statement } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { type Piece, textPiece } from "../piece.ts";
import { withImports } from "../with-imports.ts";
import { compileApply } from "./apply.ts";
import { compileBlock } from "./block.ts";
import { effect } from "./effect.ts";
import { compileFor } from "./for.ts";
import { compileIf } from "./if.ts";
import { compileInclude } from "./include.ts";
import { compilePrint } from "./print.ts";
import { sequence } from "./sequence.ts";
import { compileCapture, compileSet } from "./set.ts";
import { compileText } from "./text.ts";
import { compileWith } from "./with.ts";

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
      return effect(scope.compiler.value(node.value, scope), start);
    case "import":
    case "macro":
      return textPiece("", start);
  }
}
