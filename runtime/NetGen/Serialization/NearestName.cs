namespace NetGen;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    // Both bound the time that a hostile file can cost.
    private const int LongestName = 128;
    private const int MostCandidates = 1000;
    private const int MostListed = 20;

    /// <summary>The candidate with the least edit distance (Levenshtein, 1966), if that is at most half the name's length.</summary>
    internal static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = (Math.Min(name.Length, LongestName) / 2) + 1;
        foreach (string candidate in candidates.Take(MostCandidates))
        {
            int distance = Distance(Start(name), Start(candidate));
            if (distance >= least) continue;
            least = distance;
            nearest = candidate;
        }

        return nearest;
    }

    /// <summary>" The most similar name is 'x'." where there is one; else what names there are, of very many the first.</summary>
    internal static string Advice(string name, IReadOnlyList<string> known)
    {
        if (Find(name, known) is { } similar) return $" The most similar name is '{similar}'.";
        string rest = known.Count > MostListed ? $" and {known.Count - MostListed} more" : "";
        return $" It has: {string.Join(", ", known.Take(MostListed))}{rest}.";
    }

    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = stackalloc int[LongestName + 1];
        for (int j = 0; j <= b.Length; j++) row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    private static ReadOnlySpan<char> Start(string name) => name.AsSpan(0, Math.Min(name.Length, LongestName));
}
