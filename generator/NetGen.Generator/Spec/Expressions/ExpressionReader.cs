using System.Globalization;

namespace NetGen.Generator;

/// <summary>Reads an expression by recursive descent and evaluates it on the way. In a branch that is not taken, values are null.</summary>
internal sealed class ExpressionReader(string text, SymbolTable symbols)
{
    private const int MaximumDepth = 64;
    private static readonly string[] Operators = ["||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%"];

    private int position;
    private int depth;

    public ArgumentValue Read()
    {
        ArgumentValue value = this.Conditional(live: true)!;
        this.SkipSpace();
        return this.position == text.Length ? value : throw this.Unexpected("the end");
    }

    private ArgumentValue? Conditional(bool live)
    {
        if (++this.depth > MaximumDepth)
        {
            throw this.Fail("the expression is nested too deeply");
        }

        int start = this.position;
        ArgumentValue? condition = this.Binary(0, live);
        if (this.Accept("?"))
        {
            bool chosen = live && this.Boolean(condition!, "?:", start);
            ArgumentValue? yes = this.Conditional(live && chosen);
            this.Expect(":");
            ArgumentValue? no = this.Conditional(live && !chosen);
            condition = chosen ? yes : no;
        }

        this.depth--;
        return condition;
    }

    private ArgumentValue? Binary(int level, bool live)
    {
        if (level == 6)
        {
            return this.Unary(live);
        }

        int start = this.position;
        ArgumentValue? left = this.Binary(level + 1, live);
        while (this.AcceptOperator(level) is { } op)
        {
            int at = this.position - op.Length;
            bool decided = live && level < 2 && this.Boolean(left!, op, start) == (op == "||");
            int rightStart = this.position;
            ArgumentValue? right = this.Binary(level + 1, live && !decided);
            left = !live ? null
                : decided ? left
                : level < 2 ? new BooleanValue(this.Boolean(right!, op, rightStart))
                : this.Apply(op, left!, right!, at);
        }

        return left;
    }

    private ArgumentValue? Unary(bool live)
    {
        int start = this.position;
        bool minus = this.Accept("-");
        if (!minus && !(this.Peek() == '!' && !this.Next("!=") && this.Accept("!")))
        {
            return this.Primary(live);
        }

        if (++this.depth > MaximumDepth)
        {
            throw this.Fail("the expression is nested too deeply");
        }

        ArgumentValue? value = this.Unary(live);
        this.depth--;
        return !live ? null
            : !minus ? new BooleanValue(!this.Boolean(value!, "!", start))
            : value switch
            {
                IntegerValue integer => new IntegerValue(unchecked(-integer.Value)),
                NumberValue number => new NumberValue(-number.Value),
                _ => throw this.Fail($"- takes a number, not {Expression.Describe(value!)}", start),
            };
    }

    private ArgumentValue? Primary(bool live)
    {
        this.SkipSpace();
        int start = this.position;
        char c = this.Peek();
        if (char.IsDigit(c) || c == '.')
        {
            return this.Number();
        }

        if (c == '\'')
        {
            int end = text.IndexOf('\'', start + 1);
            this.position = end < 0 ? throw this.Fail("the text is not closed", start) : end + 1;
            return new TextValue(text.Substring(start + 1, end - start - 1));
        }

        if (this.Accept("("))
        {
            ArgumentValue? value = this.Conditional(live);
            this.Expect(")");
            return value;
        }

        if (!char.IsLetter(c) && c != '_')
        {
            throw this.Unexpected("a value");
        }

        string name = this.Word();
        if (this.Accept("("))
        {
            return this.Call(name, start, live);
        }

        if (name is "true" or "false")
        {
            return new BooleanValue(name == "true");
        }

        if (this.Accept("."))
        {
            this.SkipSpace();
            return char.IsLetter(this.Peek()) ? new EnumValue(name, this.Word()) : throw this.Unexpected("an enum's member");
        }

        return !live ? null : symbols.Find(name) ?? throw this.Unknown(name, start, symbols.Names, "there is no symbol");
    }

    private ArgumentValue? Call(string name, int start, bool live)
    {
        if (!ExpressionFunctions.Contains(name))
        {
            throw this.Unknown(name, start, ExpressionFunctions.Names, "there is no function");
        }

        List<ArgumentValue?> arguments = [];
        if (!this.Accept(")"))
        {
            do
            {
                arguments.Add(this.Conditional(live));
            }
            while (this.Accept(","));
            this.Expect(")");
        }

        return live ? this.Guard(() => ExpressionFunctions.Call(name, [.. arguments.Select(a => a!)]), start) : null;
    }

    private ArgumentValue Number()
    {
        int start = this.position;
        while (char.IsDigit(this.Peek()) || this.Peek() == '.'
            || (this.Peek() is 'e' or 'E' && this.position > start)
            || (this.Peek() is '+' or '-' && text[this.position - 1] is 'e' or 'E' && this.position > start))
        {
            this.position++;
        }

        string digits = text.Substring(start, this.position - start);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long integer) ? new IntegerValue(integer)
            : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsInfinity(number) ? new NumberValue(number)
            : throw this.Fail($"'{digits}' is no number", start);
    }

    private ArgumentValue Apply(string op, ArgumentValue left, ArgumentValue right, int at)
    {
        if (op is "==" or "!=")
        {
            bool equal = Expression.ToNumber(left) is { } x && Expression.ToNumber(right) is { } y ? x == y
                : left is EnumValue one && right is EnumValue other ? (one.Type, one.Member) == (other.Type, other.Member)
                : left.GetType() == right.GetType() ? left == right
                : throw this.Fail($"{op} compares {Expression.Describe(left)} with {Expression.Describe(right)}", at);
            return new BooleanValue(equal == (op == "=="));
        }

        if (Expression.ToNumber(left) is not { } a || Expression.ToNumber(right) is not { } b)
        {
            ArgumentValue wrong = Expression.ToNumber(left) is null ? left : right;
            throw this.Fail($"{op} takes numbers, not {Expression.Describe(wrong)}", at);
        }

        return op switch
        {
            "<" => new BooleanValue(a < b),
            "<=" => new BooleanValue(a <= b),
            ">" => new BooleanValue(a > b),
            ">=" => new BooleanValue(a >= b),
            _ when left is IntegerValue { Value: var i } && right is IntegerValue { Value: var j } => this.Guard(() => new IntegerValue(Integer(op, i, j)), at),
            "+" => new NumberValue(a + b),
            "-" => new NumberValue(a - b),
            "*" => new NumberValue(a * b),
            "/" => new NumberValue(a / b),
            _ => new NumberValue(a % b),
        };
    }

    private static long Integer(string op, long a, long b) => op switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "/" => b == -1 ? checked(-a) : a / b,
        _ => b == -1 ? 0 : a % b,
    };

    private ArgumentValue Guard(Func<ArgumentValue> compute, int at)
    {
        try
        {
            return compute();
        }
        catch (DivideByZeroException)
        {
            throw this.Fail("division by zero", at);
        }
        catch (OverflowException)
        {
            throw this.Fail("the result is too large for an integer", at);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException)
        {
            throw this.Fail(e.Message, at);
        }
    }

    private bool Boolean(ArgumentValue value, string op, int at) =>
        value is BooleanValue boolean ? boolean.Value : throw this.Fail($"{op} takes a boolean, not {Expression.Describe(value)}", at);

    private string? AcceptOperator(int level)
    {
        this.SkipSpace();
        string? op = Array.Find(Operators, o => string.CompareOrdinal(text, this.position, o, 0, o.Length) == 0);
        int found = op switch
        {
            "||" => 0,
            "&&" => 1,
            "==" or "!=" => 2,
            "<" or "<=" or ">" or ">=" => 3,
            "+" or "-" => 4,
            null => -1,
            _ => 5,
        };
        if (found != level)
        {
            return null;
        }

        this.position += op!.Length;
        return op;
    }

    private string Word()
    {
        int start = this.position;
        while (char.IsLetterOrDigit(this.Peek()) || this.Peek() == '_')
        {
            this.position++;
        }

        return text.Substring(start, this.position - start);
    }

    private char Peek() => this.position < text.Length ? text[this.position] : '\0';

    private bool Next(string token) => string.CompareOrdinal(text, this.position, token, 0, token.Length) == 0;

    private bool Accept(string token)
    {
        this.SkipSpace();
        bool found = this.Next(token);
        this.position += found ? token.Length : 0;
        return found;
    }

    private void Expect(string token)
    {
        if (!this.Accept(token))
        {
            throw this.Unexpected("'" + token + "'");
        }
    }

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(this.Peek()))
        {
            this.position++;
        }
    }

    private ExpressionException Unexpected(string expected) =>
        this.Fail($"expected {expected}, found {(this.position < text.Length ? $"'{text[this.position]}'" : "the end")}");

    private ExpressionException Unknown(string name, int at, IEnumerable<string> names, string what)
    {
        string? nearest = NearestName.Find(name, names);
        string known = nearest is null && names.Any() ? $" (known: {NameList.Of(names, name)})" : "";
        return new ExpressionException($"In '{text}' at character {at}: {what} '{name}'{known}.{NearestName.Question(nearest)}", at, nearest) { IsUnknownSymbol = true };
    }

    private ExpressionException Fail(string message) => this.Fail(message, this.position);

    private ExpressionException Fail(string message, int at) => new($"In '{text}' at character {at}: {message}.", at);
}
