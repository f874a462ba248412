using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Reads the JSON (RFC 8259) of a safetensors header from front to back, strictly: valid UTF-8 in strings, no comments, no trailing commas. It is written
/// out here because the general reader takes longer to be loaded and compiled, at every start of a process, than a network to predict.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    /// <summary>The characters of short escapes, each with what it stands for.</summary>
    private const string Escapes = "\"\"\\\\//b\bf\fn\nr\rt\t";

    private readonly ReadOnlySpan<byte> json = json;
    private int position;

    /// <summary>The next byte that is no blank, which stays unread; 0 at the end.</summary>
    public byte Peek()
    {
        ReadOnlySpan<byte> text = this.json;
        int at = this.position;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        this.position = at;
        return at < text.Length ? text[at] : (byte)0;
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool IsAtEnd() => this.Peek() == 0 && this.position == this.json.Length;

    /// <summary>Reads a punctuation mark.</summary>
    /// <exception cref="FormatException">There is another.</exception>
    public void Read(byte mark)
    {
        if (this.Peek() != mark)
        {
            throw this.Unexpected($"'{(char)mark}'");
        }

        this.position++;
    }

    /// <summary>
    /// Steps to the next element of an object or an array, past the comma before it; false at the closing mark, which is read too.
    /// </summary>
    /// <param name="isFirst">Whether the opening mark was read just now; false from then on.</param>
    /// <param name="end">The closing mark.</param>
    /// <exception cref="FormatException">There is neither.</exception>
    public bool ReadNext(ref bool isFirst, byte end)
    {
        byte next = this.Peek();
        if (next == end)
        {
            this.position++;
            return false;
        }

        if (!isFirst)
        {
            this.Read((byte)',');
        }

        isFirst = false;
        return true;
    }

    /// <summary>Reads a string.</summary>
    /// <exception cref="FormatException">There is none, or it is no valid one.</exception>
    public string ReadString()
    {
        this.Read((byte)'"');
        ReadOnlySpan<byte> text = this.json;
        int start = this.position;
        char[] characters = new char[16];
        for (int at = start; at < text.Length; at++)
        {
            byte c = text[at];
            if (c == '"')
            {
                this.position = at + 1;
                return new string(characters, 0, at - start);
            }

            if (c is < (byte)' ' or >= 0x80 or (byte)'\\')
            {
                break;
            }

            if (at - start == characters.Length)
            {
                Array.Resize(ref characters, 2 * characters.Length);
            }

            characters[at - start] = (char)c;
        }

        return this.ReadUnusual();
    }

    /// <summary>Reads a whole number from 0 to a limit; false, with the number unread, where there is something else.</summary>
    public bool TryReadInteger(long largest, out long value)
    {
        this.Peek();
        ReadOnlySpan<byte> text = this.json;
        int at = this.position;
        value = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            int digit = text[at] - '0';
            if (value > (largest - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
            at++;
        }

        bool isWhole = at > this.position && (text[this.position] != '0' || at == this.position + 1)
            && (at == text.Length || text[at] is not ((byte)'.' or (byte)'e' or (byte)'E'));
        this.position = isWhole ? at : this.position;
        return isWhole;
    }

    /// <summary>Reads a value of any kind.</summary>
    /// <param name="depth">How deep objects and arrays may nest in it.</param>
    /// <exception cref="FormatException">There is none, or it nests deeper.</exception>
    public void Skip(int depth)
    {
        byte first = this.Peek();
        switch (first)
        {
            case (byte)'"':
                this.ReadString();
                return;
            case (byte)'{' or (byte)'[':
                if (depth == 0)
                {
                    throw new FormatException($"Values nest too deep at byte {this.position}.");
                }

                this.position++;
                bool isFirst = true;
                while (this.ReadNext(ref isFirst, first == '{' ? (byte)'}' : (byte)']'))
                {
                    if (first == '{')
                    {
                        this.ReadString();
                        this.Read((byte)':');
                    }

                    this.Skip(depth - 1);
                }

                return;
            case (byte)'t':
                this.SkipWord("true"u8);
                return;
            case (byte)'f':
                this.SkipWord("false"u8);
                return;
            case (byte)'n':
                this.SkipWord("null"u8);
                return;
            default:
                this.SkipNumber();
                return;
        }
    }

    /// <summary>What is found at this place, for a message.</summary>
    public string Found()
    {
        byte c = this.Peek();
        return this.position == this.json.Length ? "nothing more" : c is > (byte)' ' and < 0x7F ? $"'{(char)c}'" : $"the byte 0x{c:X2}";
    }

    private FormatException Unexpected(string expected)
    {
        string found = this.Found();
        return new FormatException($"At byte {this.position} there is {found}; {expected} is expected.");
    }

    /// <summary>Reads the rest of a string that has escapes or characters beyond ASCII, or is bad.</summary>
    private string ReadUnusual()
    {
        int start = this.position;
        int end = start;
        while (end < this.json.Length && this.json[end] != '"')
        {
            end += this.json[end] == '\\' ? 2 : 1;
        }

        if (end >= this.json.Length)
        {
            throw new FormatException($"The string at byte {start} does not end.");
        }

        // Escapes are ASCII, so that they survive the decoding.
        string raw;
        try
        {
            raw = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(this.json[start..end]);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException($"The string at byte {start} is no valid UTF-8.", exception);
        }

        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] < ' ')
            {
                throw new FormatException($"The string at byte {start} has a control character.");
            }

            text.Append(raw[i] == '\\' ? Unescape(raw, ref i, start) : raw[i]);
        }

        string value = text.ToString();
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[++i])))
            {
                throw new FormatException($"The string at byte {start} has half of a surrogate pair.");
            }
        }

        this.position = end + 1;
        return value;
    }

    private static char Unescape(string raw, ref int i, int start)
    {
        char escape = raw[++i];
        if (escape == 'u' && i + 4 < raw.Length && ushort.TryParse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            i += 4;
            return (char)code;
        }

        for (int k = 0; k < Escapes.Length; k += 2)
        {
            if (Escapes[k] == escape)
            {
                return Escapes[k + 1];
            }
        }

        throw new FormatException($"The string at byte {start} has an unknown escape.");
    }

    private void SkipWord(ReadOnlySpan<byte> word)
    {
        if (!this.json[this.position..].StartsWith(word))
        {
            throw this.Unexpected("a value");
        }

        this.position += word.Length;
    }

    /// <summary>-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?</summary>
    private void SkipNumber()
    {
        int start = this.position;
        this.SkipMark((byte)'-', (byte)'-');
        int digits = this.position;
        bool isGood = this.SkipDigits() && (this.json[digits] != '0' || this.position == digits + 1);
        if (isGood && this.SkipMark((byte)'.', (byte)'.'))
        {
            isGood = this.SkipDigits();
        }

        if (isGood && this.SkipMark((byte)'e', (byte)'E'))
        {
            this.SkipMark((byte)'+', (byte)'-');
            isGood = this.SkipDigits();
        }

        if (!isGood)
        {
            this.position = start;
            throw this.Unexpected("a value");
        }
    }

    private bool SkipMark(byte one, byte other)
    {
        bool isThere = this.position < this.json.Length && (this.json[this.position] == one || this.json[this.position] == other);
        this.position += isThere ? 1 : 0;
        return isThere;
    }

    private bool SkipDigits()
    {
        int start = this.position;
        while (this.position < this.json.Length && this.json[this.position] is >= (byte)'0' and <= (byte)'9')
        {
            this.position++;
        }

        return this.position > start;
    }
}
