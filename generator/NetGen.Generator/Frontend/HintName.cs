using System.Text;

namespace NetGen.Generator;

/// <summary>Names of generated files: the network's full name, made unique where two names differ only in case or in what is a namespace and what a class.</summary>
internal static class HintName
{
    /// <summary>The full names that another network has too, apart from case.</summary>
    public static EquatableArray<string> Collisions(IEnumerable<string> fullNames) => fullNames
        .Where(n => n.Length > 0)
        .GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
        .Where(g => g.Count() > 1)
        .SelectMany(g => g)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(n => n, StringComparer.Ordinal)
        .ToEquatableArray();

    public static string For(TypeSpec type, EquatableArray<string> collisions)
    {
        string name = Clean(type.FullName);
        return collisions.Contains(type.FullName, StringComparer.Ordinal) ? $"{name}.{Hash(type.Namespace + ":" + type.FullName):x8}" : name;
    }

    /// <summary>Roslyn takes letters, digits and a few signs; an identifier may hold more, such as combining marks.</summary>
    private static string Clean(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '_')
            {
                text.Append(c);
            }
            else if (c != '@')
            {
                text.Append('-').Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    /// <summary>FNV-1a, which is the same in every process.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
