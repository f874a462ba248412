namespace NetGen.Generator;

/// <summary>Reads the arguments of one element of the tape: constants, or texts that are expressions over the symbols in force.</summary>
/// <param name="element">The element.</param>
/// <param name="symbols">The symbols of its expressions.</param>
/// <param name="place">The element in words, for messages: <c>Dense 'hidden'</c>.</param>
internal sealed class ArgumentReader(ElementSpec element, SymbolTable symbols, string place)
{
    public SymbolTable Symbols { get; } = symbols;

    /// <summary>The element's kind: <c>Dense</c>.</summary>
    public string Kind => element.Kind;

    public bool Has(string argument) => element.Find(argument) is not null;

    /// <summary>The value with an expression evaluated; null where the argument was not given.</summary>
    public ArgumentValue? Value(string argument, string problem = "NG0012") =>
        element.Find(argument)?.Value switch
        {
            null => null,
            TextValue text => this.Evaluate(argument, text.Value),
            ArrayValue array => new ArrayValue(array.Items.Select(i => i is TextValue text ? this.Evaluate(argument, text.Value) : i).ToEquatableArray()),
            var value => value,
        };

    public long Integer(string argument, long? fallback = null, long least = long.MinValue, long most = long.MaxValue, string problem = "NG0012")
    {
        ArgumentValue? value = this.Value(argument, problem);
        return value is null ? fallback ?? throw this.Missing(argument) : this.ToInteger(argument, value, least, most, problem);
    }

    public IReadOnlyList<long> Integers(string argument, int? count = null, IReadOnlyList<long>? fallback = null, long least = long.MinValue, long most = long.MaxValue)
    {
        ArgumentValue? value = this.Value(argument);
        if (value is null)
        {
            return fallback ?? throw this.Missing(argument);
        }

        IEnumerable<ArgumentValue> items = value is ArrayValue array ? array.Items : [value];
        long[] numbers = [.. items.SelectMany(i => (IEnumerable<ArgumentValue>)(i is ArrayValue inner ? inner.Items : [i])).Select(i => this.ToInteger(argument, i, least, most, "NG0012"))];
        return count is null || numbers.Length == count ? numbers
            : numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], count.Value)]
            : throw this.Fail("NG0012", argument, $"{argument} of {place} takes one integer{(count == 1 ? "" : $" or {count}")}, not {numbers.Length}.");
    }

    public double Number(string argument, double? fallback = null, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        ArgumentValue? value = this.Value(argument);
        return value is null ? fallback ?? throw this.Missing(argument) : this.ToNumber(argument, value, least, most);
    }

    public IReadOnlyList<double> Numbers(string argument, IReadOnlyList<double>? fallback = null, bool isFinite = true)
    {
        ArgumentValue? value = this.Value(argument);
        return value is null ? fallback ?? throw this.Missing(argument)
            : [.. (value is ArrayValue array ? array.Items : EquatableArray.Of(value)).Select(i => this.ToNumber(argument, i, double.NegativeInfinity, double.PositiveInfinity, isFinite))];
    }

    public bool Boolean(string argument, bool fallback, string problem = "NG0012") =>
        this.Value(argument, problem) switch
        {
            null => fallback,
            BooleanValue boolean => boolean.Value,
            var value => throw this.Fail(problem, argument, $"{argument} of {place} must be true or false, not {value}."),
        };

    /// <summary>A text with its <c>{expressions}</c> replaced, or null where the argument was not given.</summary>
    public string? Text(string argument) => element.Find(argument)?.Value is { } value ? this.Format(argument, value) : null;

    /// <summary>Several texts, or one.</summary>
    public IReadOnlyList<string> Texts(string argument) =>
        element.Find(argument)?.Value switch
        {
            null => [],
            ArrayValue array => [.. array.Items.Select(i => this.Format(argument, i))],
            var value => [this.Format(argument, value)],
        };

    /// <summary>A member of one of NetGen's enums by its name; Keras's spelling (<c>"same"</c>) is understood too.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="type">The enum.</param>
    /// <param name="members">Its members.</param>
    /// <param name="fallback">What holds where the argument was not given.</param>
    /// <param name="second">Keras's second names of members, without underscores and in small letters; a text may be one.</param>
    public string Enum(string argument, string type, IReadOnlyList<string> members, string fallback, IReadOnlyDictionary<string, string>? second = null)
    {
        ArgumentValue? given = element.Find(argument)?.Value;
        if (given is TextValue text && Member(text.Value) is { } direct)
        {
            return direct;
        }

        // A single word is a misspelt member rather than an expression, unless it is a symbol.
        if (given is TextValue { Value: var word } && word.All(c => char.IsLetterOrDigit(c) || c == '_') && this.Symbols.Find(word) is null)
        {
            return Refuse(word);
        }

        string? name = this.Value(argument) switch
        {
            null => fallback,
            // The compiler lets any enum through, because the argument may also be an expression.
            EnumValue value when value.FullType != type => throw this.Fail("NG0012", argument, $"{argument} of {place} must be a member of {type}, not {value}."),
            EnumValue value => Member(value.Member) ?? Refuse(value.ToString()),
            TextValue value => Member(value.Value) ?? Refuse(value.ToString()),
            var value => Refuse(value.ToString()),
        };
        return name;

        string? Member(string name)
        {
            string canonical = ConstructorText.Canonical(name);
            return members.FirstOrDefault(m => ConstructorText.Canonical(m) == canonical) ?? (second is not null && second.TryGetValue(canonical, out string? first) ? first : null);
        }

        string Refuse(string found)
        {
            string misspelt = found.Trim('"').Split('.').Last();
            string list = NameList.Of(members, misspelt, $"of the enum {type}");
            if (given is EnumValue { IsDefined: false } undefined)
            {
                throw this.Fail("NG0012", argument, $"{argument} of {place} must be one of {list}, not {undefined.Member}, which is no value of {undefined.Type}.");
            }

            string? nearest = NearestName.Find(misspelt, members);
            string wanted = nearest is null || members.Count <= 8 ? $"one of {list}" : $"a member of {type}";
            throw this.Fail("NG0012", argument, $"{argument} of {place} must be {wanted}, not {found}.{NearestName.Question(nearest)}", nearest);
        }
    }

    /// <summary>An initializer, regularizer or constraint as C# after <c>new</c>; null where the argument was not given.</summary>
    public string? Constructor(string argument, Func<string, SymbolTable, string> parse)
    {
        ArgumentValue? value = element.Find(argument)?.Value;
        try
        {
            // A block may hand a text on under a symbol.
            return value switch
            {
                null => null,
                TextValue text => parse(this.Symbols.Find(text.Value) is TextValue handed ? handed.Value : text.Value, this.Symbols),
                _ => throw this.Fail("NG0023", argument, $"{argument} of {place} must be a text, not {value}."),
            };
        }
        catch (ExpressionException e)
        {
            throw this.Fail("NG0023", argument, $"{argument} of {place}: {e.Message}", e.Suggestion);
        }
    }

    public ProblemException Fail(string id, string? argument, string message, string? suggestion = null) =>
        new(new Problem(id, element.Attribute, argument, message, suggestion));

    public ProblemException Missing(string argument) => this.Fail("NG0019", null, $"{place} needs its argument {argument}.");

    private string Format(string argument, ArgumentValue value)
    {
        try
        {
            return value is TextValue text ? Expression.Format(text.Value, this.Symbols)
                : throw this.Fail("NG0012", argument, $"{argument} of {place} must be a text, not {value}.");
        }
        catch (ExpressionException e)
        {
            throw this.Fail("NG0018", argument, e.Message, e.Suggestion);
        }
    }

    private ArgumentValue Evaluate(string argument, string text)
    {
        try
        {
            return Expression.Evaluate(text, this.Symbols);
        }
        catch (ExpressionException e)
        {
            throw this.Fail("NG0018", argument, e.Message, e.Suggestion);
        }
    }

    private long ToInteger(string argument, ArgumentValue value, long least, long most, string problem)
    {
        long? integer = value switch
        {
            IntegerValue i => i.Value,
            NumberValue n when n.Value == Math.Floor(n.Value) && Math.Abs(n.Value) < 9e15 => (long)n.Value,
            _ => null,
        };
        return integer is null ? throw this.Fail(problem, argument, $"{argument} of {place} must be an integer, not {value}.")
            : integer < least ? throw this.Fail(problem, argument, $"{argument} of {place} must be at least {least}, not {integer}.")
            : integer > most ? throw this.Fail(problem, argument, $"{argument} of {place} must be at most {most}, not {integer}.")
            : integer.Value;
    }

    private double ToNumber(string argument, ArgumentValue value, double least, double most, bool isFinite = true)
    {
        double number = Expression.ToNumber(value) ?? throw this.Fail("NG0012", argument, $"{argument} of {place} must be a number, not {value}.");
        return isFinite && (double.IsNaN(number) || double.IsInfinity(number)) ? throw this.Fail("NG0012", argument, $"{argument} of {place} must be finite, not {Expression.Text(number)}.")
            : number < least ? throw this.Fail("NG0012", argument, $"{argument} of {place} must be at least {Expression.Text(least)}, not {Expression.Text(number)}.")
            : number > most ? throw this.Fail("NG0012", argument, $"{argument} of {place} must be at most {Expression.Text(most)}, not {Expression.Text(number)}.")
            : number;
    }
}
