import { Tokenizer, TokenizerError, TokenType } from '@streamparser/json';

/** JSON of any size as it comes, reduced to its strings; nothing else of it is held. */

/** Why a text is not JSON that we read. */
export class JsonFault extends Error {
  override name = 'JsonFault' as const;
}

/** A string and the keys that lead to it, `*` for each array. */
export type Visit = (text: string, path: readonly string[]) => void;

export interface JsonStrings {
  write(part: Uint8Array): void;
  /** After the last part. */
  end(): void;
}

const DEPTH = 64;
const TOKEN_BYTES = 1 << 20;
const PART_BYTES = 64 << 10;

interface Level {
  isObject: boolean;
  isKeyNext: boolean;
}

/** Takes JSON part by part and shows every string that is a value; throws a JsonFault where it is not JSON, too deep or cut off. */
export function jsonStrings(visit: Visit): JsonStrings {
  const tokenizer = new Tokenizer({ stringBufferSize: PART_BYTES });
  const levels: Level[] = [];
  const path: string[] = [];
  let written = 0;
  let tokenAt = 0;
  let isBegun = false;

  tokenizer.onToken = ({ token, value, offset }) => {
    tokenAt = offset;
    const top = levels.at(-1);
    if (!top && isBegun) throw new JsonFault('something follows after its end');
    isBegun = true;
    switch (token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        return open(token === TokenType.LEFT_BRACE);
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        if (top?.isObject !== (token === TokenType.RIGHT_BRACE)) throw new JsonFault('its brackets do not match');
        levels.pop();
        path.pop();
        return;
      case TokenType.COMMA:
        if (top) top.isKeyNext = top.isObject;
        return;
      case TokenType.STRING:
        if (typeof value === 'string') string(value, top);
        return;
      default:
    }
  };

  function open(isObject: boolean): void {
    if (levels.length === DEPTH) throw new JsonFault(`it is nested over ${DEPTH} deep`);
    levels.push({ isObject, isKeyNext: isObject });
    path.push('*');
  }

  function string(text: string, top: Level | undefined): void {
    if (!top?.isKeyNext) {
      visit(text, path);
      return;
    }
    top.isKeyNext = false;
    path[path.length - 1] = text;
  }

  const guarded = (work: () => void, why: string): void => {
    try {
      work();
    } catch (error) {
      // Bytes that are no UTF-8 are a TypeError.
      if (error instanceof TokenizerError || error instanceof TypeError) throw new JsonFault(why);
      throw error;
    }
  };

  return {
    write(part) {
      for (let from = 0; from < part.length; from += PART_BYTES) {
        const piece = part.subarray(from, from + PART_BYTES);
        guarded(() => tokenizer.write(piece), 'it is not JSON');
        written += piece.length;
        // A single string would be held until it ends.
        if (written - tokenAt > TOKEN_BYTES) throw new JsonFault('one of its strings is over 1 MB long');
      }
    },
    end() {
      if (!tokenizer.isEnded) guarded(() => tokenizer.end(), 'it is cut off');
      if (!isBegun || levels.length > 0) throw new JsonFault('it is cut off');
    },
  };
}
