namespace NetGen.Generator;

/// <summary>Names that would be right in the place of a wrong one, as a message lists them.</summary>
internal static class NameList
{
    /// <summary>A longer list hides what a message says.</summary>
    private const int Most = 15;

    private const int Nearest = 5;

    /// <summary>All names in their order where they are few; of many the nearest to the one that was found, and how many others there are.</summary>
    /// <param name="names">What would be right.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="where">Where all of them are to be found, with its preposition: <c>of the enum Activation</c>.</param>
    public static string Of(IEnumerable<string> names, string found, string where = "")
    {
        string[] all = [.. names.Distinct()];
        if (all.Length <= Most)
        {
            return string.Join(", ", all);
        }

        // A name that nobody wrote may be very long.
        string compared = found.Length > 100 ? found.Substring(0, 100) : found;
        IEnumerable<string> nearest = all.OrderBy(n => NearestName.Distance(compared.ToLowerInvariant(), n.ToLowerInvariant())).Take(Nearest);
        return $"{string.Join(", ", nearest)} and {all.Length - Nearest} others{(where.Length > 0 ? " " + where : "")}";
    }
}
