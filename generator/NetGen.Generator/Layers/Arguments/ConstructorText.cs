using System.Globalization;

namespace NetGen.Generator;

/// <summary>A class that an argument may name, with the parameters of its constructor.</summary>
internal sealed record ConstructorRow(string Name, params ConstructorParameter[] Parameters);

/// <summary>A parameter: a number, an integer (or several), or one of some words.</summary>
internal sealed record ConstructorParameter(string Name, bool IsInteger = false, double Least = double.NegativeInfinity, params string[] Words)
{
    /// <summary>Whether a list in brackets may stand for one integer.</summary>
    public bool IsList { get; init; }

    /// <summary>The default, as C#; it is written where a list is given, whose constructor has no defaults.</summary>
    public string? Default { get; init; }
}

/// <summary>
/// A constructor's call inside a text argument: <c>HeNormal</c>, <c>RandomNormal(stddev: 0.02)</c>, Keras's own <c>he_normal</c>. Arguments may be named or
/// not and may use a block's symbols. It is checked here and normalized to C# after <c>new</c>, with named arguments: <c>RandomNormal(stddev: 0.02)</c>.
/// </summary>
internal static class ConstructorText
{
    /// <exception cref="ExpressionException">The text names no row, or an argument is wrong.</exception>
    public static string Parse(string text, ConstructorRow[] rows, string what, SymbolTable symbols)
    {
        int open = text.IndexOf('(');
        string name = (open < 0 ? text : text.Substring(0, open)).Trim();
        if (Array.Find(rows, r => Canonical(r.Name) == Canonical(name)) is not { } row)
        {
            string? nearest = NearestName.Find(name, rows.Select(r => r.Name));
            throw new ExpressionException($"There is no {what} '{name}' (known: {NameList.Of(rows.Select(r => r.Name), name)}).{NearestName.Question(nearest)}", 0, nearest);
        }

        if (open >= 0 && !text.TrimEnd().EndsWith(")", StringComparison.Ordinal))
        {
            throw new ExpressionException($"The parenthesis of '{text}' is not closed.", text.Length);
        }

        List<string> given = open < 0 ? [] : Split(text.Substring(open + 1, text.TrimEnd().Length - open - 2));
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        for (int i = 0; i < given.Count; i++)
        {
            int colon = Separator(given[i]);
            bool isNamed = colon > 0 && given[i].Substring(0, colon).Trim().All(c => char.IsLetterOrDigit(c) || c == '_');
            string parameterName = isNamed ? given[i].Substring(0, colon).Trim() : "";
            ConstructorParameter? parameter = isNamed ? Array.Find(row.Parameters, p => Canonical(p.Name) == Canonical(parameterName))
                : i < row.Parameters.Length ? row.Parameters[i] : null;
            if (parameter is null)
            {
                string found = isNamed ? $"no parameter '{parameterName}'" : $"{row.Parameters.Length} parameters, not {given.Count}";
                string known = row.Parameters.Length == 0 ? "" : $" (known: {string.Join(", ", row.Parameters.Select(p => p.Name))})";
                throw new ExpressionException($"{row.Name} has {found}{known}.", open + 1);
            }

            if (values.ContainsKey(parameter.Name))
            {
                throw new ExpressionException($"{row.Name}'s parameter '{parameter.Name}' is given twice.", open + 1);
            }

            values.Add(parameter.Name, Value(row, parameter, given[i].Substring(isNamed ? colon + 1 : 0).Trim(), symbols));
        }

        if (values.Values.Any(v => v.StartsWith("new[]", StringComparison.Ordinal)))
        {
            foreach (ConstructorParameter parameter in row.Parameters.Where(p => p.Default is not null && !values.ContainsKey(p.Name)))
            {
                values.Add(parameter.Name, parameter.Default!);
            }
        }

        IEnumerable<string> arguments = row.Parameters.Where(p => values.ContainsKey(p.Name)).Select(p => p.Name + ": " + values[p.Name]);
        return $"{row.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>The colon behind a named argument's name, or Python's equals sign, as in <c>RandomNormal(stddev=0.02)</c>; -1 without either.</summary>
    private static int Separator(string argument)
    {
        int at = argument.IndexOfAny([':', '=']);
        return at >= 0 && argument[at] == '=' && at + 1 < argument.Length && argument[at + 1] == '=' ? -1 : at;
    }

    /// <summary>A name without case and underscores, so that <c>he_normal</c> is <c>HeNormal</c>.</summary>
    public static string Canonical(string name) => name.Replace("_", "").ToLowerInvariant();

    private static string Value(ConstructorRow row, ConstructorParameter parameter, string text, SymbolTable symbols)
    {
        if (parameter.Words.Length > 0)
        {
            string word = text.Trim('\'', '"');
            return parameter.Words.Contains(word) ? "\"" + word + "\""
                : throw new ExpressionException($"{row.Name}'s {parameter.Name} is one of {string.Join(", ", parameter.Words)}, not '{word}'.", 0, NearestName.Find(word, parameter.Words));
        }

        if (parameter.IsList && text.StartsWith("[", StringComparison.Ordinal) && text.EndsWith("]", StringComparison.Ordinal))
        {
            ConstructorParameter item = parameter with { IsList = false };
            return $"new[] {{ {string.Join(", ", Split(text.Substring(1, text.Length - 2)).Select(i => Value(row, item, i.Trim(), symbols)))} }}";
        }

        ArgumentValue value = Expression.Evaluate(text, symbols);
        double number = Expression.ToNumber(value)
            ?? throw new ExpressionException($"{row.Name}'s {parameter.Name} is a number, not {Expression.Describe(value)}.", 0);
        if (parameter.IsInteger && (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue))
        {
            throw new ExpressionException($"{row.Name}'s {parameter.Name} is an integer, not {Expression.Text(number)}.", 0);
        }

        if (double.IsNaN(number) || double.IsInfinity(number) || number < parameter.Least)
        {
            string least = double.IsInfinity(parameter.Least) ? "finite" : "at least " + Expression.Text(parameter.Least);
            throw new ExpressionException($"{row.Name}'s {parameter.Name} must be {least}, not {Expression.Text(number)}.", 0);
        }

        return parameter.IsInteger ? ((long)number).ToString(CultureInfo.InvariantCulture) : Expression.Text(number);
    }

    private static List<string> Split(string arguments)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            depth += arguments[i] is '(' or '[' ? 1 : arguments[i] is ')' or ']' ? -1 : 0;
            if (arguments[i] == ',' && depth == 0)
            {
                parts.Add(arguments.Substring(start, i - start));
                start = i + 1;
            }
        }

        if (parts.Count > 0 || arguments.Trim().Length > 0)
        {
            parts.Add(arguments.Substring(start));
        }

        return parts;
    }
}
