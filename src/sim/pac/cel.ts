/** The conditions that PipelineRuns carry for Pipelines as Code: the part of CEL that is written in them. */

export interface Scope {
  /** As in `event`, `target_branch`, `source_branch`. */
  names: Readonly<Record<string, string>>;
  /** Whether a path of the change fits a pattern. */
  isChanged: (pattern: string) => boolean;
}

type Value = string | boolean;

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(&&|\|\||==|!=|[().!])|([A-Za-z_]\w*)|(\S))/gy;

interface Token {
  kind: 'text' | 'sign' | 'name';
  text: string;
}

/** Whether a condition is true; throws a sentence where it is written in a way that is not simulated. */
export function isTrue(condition: string, scope: Scope): boolean {
  const tokens = tokensOf(condition);
  let at = 0;
  const peek = () => tokens[at];
  const isNext = (sign: string) => peek()?.kind === 'sign' && peek()?.text === sign;
  const take = (sign: string): boolean => {
    if (!isNext(sign)) return false;
    at++;
    return true;
  };
  const demand = (sign: string) => {
    if (!take(sign)) throw odd(peek()?.text ?? 'its end');
  };

  // Both sides are always read, so that the rest is read from the right place.
  function either(): Value {
    let value = both();
    while (take('||')) value = [value, both()].includes(true);
    return value;
  }
  function both(): Value {
    let value = compared();
    while (take('&&')) value = ![value, compared()].includes(false);
    return value;
  }
  function compared(): Value {
    const left = called();
    if (take('==')) return left === called();
    if (take('!=')) return left !== called();
    return left;
  }
  function called(): Value {
    let value = single();
    while (take('.')) {
      const name = tokens[at++]?.text ?? '';
      demand('(');
      const argument = isNext(')') ? '' : either();
      demand(')');
      value = method(String(value), name, String(argument));
    }
    return value;
  }
  function single(): Value {
    if (take('!')) return called() !== true;
    if (take('(')) {
      const inner = either();
      demand(')');
      return inner;
    }
    const token = tokens[at++];
    if (token?.kind === 'text') return token.text;
    if (token?.kind === 'name' && (token.text === 'true' || token.text === 'false')) return token.text === 'true';
    if (token?.kind === 'name' && Object.hasOwn(scope.names, token.text)) return scope.names[token.text] ?? '';
    throw odd(token?.text ?? 'its end');
  }
  function method(of: string, name: string, argument: string): boolean {
    switch (name) {
      case 'pathChanged':
        return scope.isChanged(of);
      case 'startsWith':
        return of.startsWith(argument);
      case 'endsWith':
        return of.endsWith(argument);
      case 'contains':
        return of.includes(argument);
      default:
        throw odd(`.${name}()`);
    }
  }

  const value = either();
  if (at < tokens.length || typeof value !== 'boolean') throw odd(peek()?.text ?? 'a condition that is no condition');
  return value;
}

/** Whether a path fits a pattern: `*` stands for anything, also for slashes. */
export function fitsPath(pattern: string, path: string): boolean {
  const literal = (text: string) => text.replace(/[.+^${}()|[\]\\?]/g, '\\$&');
  return new RegExp(`^${pattern.split(/\*+/).map(literal).join('.*')}$`).test(path);
}

function tokensOf(condition: string): Token[] {
  return [...condition.trim().matchAll(TOKEN)].map(([whole, double, single, sign, name]): Token => {
    if (double !== undefined || single !== undefined) return { kind: 'text', text: double ?? single ?? '' };
    if (sign !== undefined) return { kind: 'sign', text: sign };
    if (name !== undefined) return { kind: 'name', text: name };
    throw odd(whole.trim());
  });
}

const odd = (what: string): Error => new Error(`sample: the condition has ${what}, which cannot be read here`);
