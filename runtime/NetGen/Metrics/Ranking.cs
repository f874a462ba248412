namespace NetGen;

/// <summary>Which of a row's numbers are the largest.</summary>
internal static class Ranking
{
    /// <summary>The first index of the largest number; a NaN counts as the largest, as in NumPy.</summary>
    public static int ArgMax(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length && !float.IsNaN(row[best]); i++)
        {
            if (row[i] > row[best] || float.IsNaN(row[i])) best = i;
        }

        return best;
    }

    /// <summary>Whether fewer than k numbers are larger than that at the index: ties count as in. False for an index outside the row and for
    /// a number that is not finite.</summary>
    public static bool IsInTopK(ReadOnlySpan<float> row, int index, int k)
    {
        if ((uint)index >= (uint)row.Length || !float.IsFinite(row[index])) return false;
        float own = row[index];
        int larger = 0;
        foreach (float other in row) larger += other > own ? 1 : 0;
        return larger < k;
    }

    /// <summary>Writes the indices of the k largest numbers; of equal ones, the first.</summary>
    public static void TopK(ReadOnlySpan<float> row, Span<int> indices)
    {
        int filled = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int place = filled;
            while (place > 0 && row[i] > row[indices[place - 1]]) place--;
            if (place == indices.Length) continue;
            int last = Math.Min(filled, indices.Length - 1);
            indices[place..last].CopyTo(indices[(place + 1)..]);
            indices[place] = i;
            filled = Math.Min(filled + 1, indices.Length);
        }
    }
}
