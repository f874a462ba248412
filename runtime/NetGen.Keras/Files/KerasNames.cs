using System.Text.RegularExpressions;

namespace NetGen.Keras;

/// <summary>How Keras's names of weights and groups become those that NetGen's weights have.</summary>
internal static partial class KerasNames
{
    /// <summary>What Keras's objects call the layers within them; null for those whose weights are the outer layer's own.</summary>
    private static readonly Dictionary<string, string?> Attributes = new(StringComparer.Ordinal)
    {
        ["cell"] = null,
        ["layer"] = null,
        ["forward_layer"] = "forward",
        ["backward_layer"] = "backward",
        ["query_dense"] = "query",
        ["key_dense"] = "key",
        ["value_dense"] = "value",
        ["gate_dense"] = "gate",
        ["output_dense"] = "attention_output",
    };

    /// <summary>States that only training or random numbers need.</summary>
    public static bool IsIgnored(string variable) => variable is "count" or "seed_generator_state" or "iteration" or "learning_rate" || variable.StartsWith("seed_generator", StringComparison.Ordinal);

    /// <summary>A layer within a layer by the attribute that holds it.</summary>
    /// <param name="attribute">The group's name.</param>
    /// <param name="name">The part's name, or null where there is none.</param>
    /// <returns>Whether the attribute is known.</returns>
    public static bool TryPart(string attribute, out string? name) => Attributes.TryGetValue(attribute.TrimStart('_'), out name);

    /// <summary>Whether a name is one that Keras gives to a cell.</summary>
    public static bool IsCell(string name) => Cell().IsMatch(name);

    /// <summary>The scopes whose cells lie in a stack, so that their names tell them apart.</summary>
    public static HashSet<string> Stacks(IEnumerable<string> paths) =>
        [.. paths.Select(p => p.Split('/', StringSplitOptions.RemoveEmptyEntries)).Where(n => n.Length > 2 && IsCell(n[^2])).Select(n => (Outer: string.Join('/', n[..^2]), Cell: n[^2])).Distinct().GroupBy(n => n.Outer, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>The path of scopes and the name of a weight, of a path such as <c>bidirectional/forward_lstm/lstm_cell/kernel:0</c> in the group of a layer.</summary>
    public static (List<string> Scopes, string Name) OfWeight(string layer, string path, IReadOnlyDictionary<string, string> directions, IReadOnlySet<string> stacks)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string name = names.Length == 0 ? "" : Device().Replace(names[^1], "");
        List<string> inner = [.. names.SkipLast(1)];
        string last = layer.Split('/')[^1];
        int at = inner.LastIndexOf(last);
        inner = at >= 0 ? inner[(at + 1)..] : inner;
        List<string> scopes = [layer];
        bool isStacked = names.Length > 2 && stacks.Contains(string.Join('/', names[..^2]));
        foreach ((int _, string scope) in inner.Index().Where(s => !IsCell(s.Item) || (isStacked && s.Index == inner.Count - 1)))
        {
            scopes.Add(directions.GetValueOrDefault(scope, scope));
        }

        return (scopes, name);
    }

    /// <summary>The path of a weight without the layer that a SpectralNormalization is around, whose weights are the outer layer's here: those beside a <c>vector_u</c>.</summary>
    public static string OfNormalized(string path, IEnumerable<string> paths)
    {
        string? around = paths.Select(p => Device().Replace(p, "")).Where(p => p.EndsWith("/vector_u", StringComparison.Ordinal)).Select(p => p[..^"vector_u".Length]).FirstOrDefault(p => path.StartsWith(p, StringComparison.Ordinal));
        return around is null ? path : around + path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>
    /// The scopes of a layer's group that are directions, as <c>forward</c> and <c>backward</c>. Both have the same name behind their direction, unless the backward layer was given: then it is the
    /// other one of two, by whatever name.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Directions(string layer, IReadOnlyList<string> paths)
    {
        const string Forward = "forward_", Backward = "backward_";
        Dictionary<string, string> directions = new(StringComparer.Ordinal);
        string[] scopes = [.. paths.SelectMany(p => p.Split('/').SkipLast(1)).Distinct()];
        string[] forward = [.. scopes.Where(s => s.StartsWith(Forward, StringComparison.Ordinal))], backward = [.. scopes.Where(s => s.StartsWith(Backward, StringComparison.Ordinal))];
        if (forward.Select(s => s[Forward.Length..]).Intersect(backward.Select(s => s[Backward.Length..])).Any())
        {
            foreach (string scope in forward.Concat(backward))
            {
                directions[scope] = scope.StartsWith(Forward, StringComparison.Ordinal) ? "forward" : "backward";
            }

            return directions;
        }

        string own = layer.Split('/')[^1];
        string?[] inner = [.. paths.Select(p => p.Split('/', StringSplitOptions.RemoveEmptyEntries)).Select(n => Array.LastIndexOf(n, own) is >= 0 and int at && at + 2 < n.Length ? n[at + 1] : null).Distinct()];
        if (inner is [{ } first, { } second] && first.StartsWith(Forward, StringComparison.Ordinal))
        {
            (directions[first], directions[second]) = ("forward", "backward");
        }

        return directions;
    }

    /// <summary>A class's name as Keras makes names of it: <c>Conv2DTranspose</c> becomes <c>conv2d_transpose</c>.</summary>
    public static string SnakeCase(string className) =>
        Joint().Replace(Word().Replace(NotWord().Replace(className, ""), "$1_$2"), "$1_$2").ToLowerInvariant();

    /// <summary>What precedes the number of a name that was counted: of <c>conv2d_12</c> they are <c>conv2d</c> and 12, of <c>conv2d</c> itself it is 0.</summary>
    public static (string Base, long Number) Counted(string name)
    {
        Match match = Number().Match(name);
        return match.Success && long.TryParse(match.Groups[2].ValueSpan, out long number) ? (match.Groups[1].Value, number) : (name, 0);
    }

    [GeneratedRegex(@":\d+$")]
    private static partial Regex Device();

    [GeneratedRegex(@"^((lstm|gru|simple_rnn)_)?cell(_\d+)?$")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotWord();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Joint();

    [GeneratedRegex(@"^(.+)_(\d{1,9})$")]
    private static partial Regex Number();
}
