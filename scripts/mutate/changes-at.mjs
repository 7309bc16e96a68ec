import { SyntaxKind } from "typescript/unstable/ast";

/** What each operator becomes: a boundary moves by one, an equality turns round, the words of logic change places. */
const OPERATORS = new Map(
  Object.entries({
    "===": "!==",
    "!==": "===",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "&&": "||",
    "||": "&&",
    "??": "&&",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "%": "*",
    "+=": "-=",
    "-=": "+=",
  }),
);

const METHODS = new Map(
  Object.entries({
    some: "every",
    every: "some",
    startsWith: "endsWith",
    endsWith: "startsWith",
    min: "max",
    max: "min",
  }),
);

/** Types are gone when the code runs, and what a module imports is no decision of its own. */
export function holdsNoCode({ kind }) {
  return (
    (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) ||
    kind === SyntaxKind.InterfaceDeclaration ||
    kind === SyntaxKind.TypeAliasDeclaration ||
    kind === SyntaxKind.ImportDeclaration ||
    kind === SyntaxKind.ExportDeclaration
  );
}

/** What may be changed at a node itself; its children are asked for on their own. */
export function changesAt(node, file) {
  const rule = RULES.get(node.kind);
  return rule === undefined ? [] : rule(node, (part, text) => [replaced(part, text, file)], file);
}

const RULES_BY_NAME = {
  BinaryExpression({ operatorToken }, become, file) {
    const operator = OPERATORS.get(operatorToken.getText(file));
    return operator === undefined ? [] : become(operatorToken, operator);
  },
  IfStatement: ({ expression }, become) => [...become(expression, "true"), ...become(expression, "false")],
  ConditionalExpression: ({ condition }, become) => [...become(condition, "true"), ...become(condition, "false")],
  WhileStatement: ({ expression }, become) => become(expression, "false"),
  PrefixUnaryExpression(node, become, file) {
    return node.getText(file).startsWith("!") ? become(node, node.operand.getText(file)) : [];
  },
  PropertyAccessExpression({ name }, become, file) {
    const method = METHODS.get(name.getText(file));
    return method === undefined ? [] : become(name, method);
  },
  ExpressionStatement: (node, become) => become(node, ";"),
  ThrowStatement: (node, become) => become(node, ";"),
  ReturnStatement(node, become, file) {
    const value = node.expression?.getText(file) ?? "undefined";
    if (value === "true" || value === "false") return [];
    return value === "undefined" ? become(node, ";") : become(node.expression, "undefined");
  },
  ArrowFunction({ body }, become, file) {
    return body.kind === SyntaxKind.Block || body.getText(file) === "undefined" ? [] : become(body, "undefined");
  },
  TrueKeyword: (node, become) => become(node, "false"),
  FalseKeyword: (node, become) => become(node, "true"),
  NumericLiteral: (node, become, file) => become(node, `(${node.getText(file)} + 1)`),
  StringLiteral(node, become, file) {
    return isForPeople(node) ? [] : become(node, node.getText(file) === '""' ? '"changed"' : '""');
  },
  RegularExpressionLiteral(node, become, file) {
    const pattern = node.getText(file);
    return [
      ...(pattern.startsWith("/^") ? become(node, pattern.replace("/^", "/")) : []),
      ...(/\$\/[a-z]*$/.test(pattern) ? become(node, pattern.replace(/\$\/([a-z]*)$/, "/$1")) : []),
    ];
  },
};

/** By kind, and not the other way round: one kind may have two names, as NumericLiteral is FirstLiteralToken too. */
const RULES = new Map(Object.entries(RULES_BY_NAME).map(([name, rule]) => [SyntaxKind[name], rule]));

/** Sentences are read by people; the name of a property is no value. */
function isForPeople({ text, pos, parent }) {
  return text.includes(" ") || (parent.kind === SyntaxKind.PropertyAssignment && parent.name.pos === pos);
}

function replaced(part, replacement, file) {
  return { start: part.getStart(file), end: part.end, replacement };
}
