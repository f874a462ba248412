namespace NetGen.Samples;

/// <summary>How near translations are to references, after Papineni, Roukos, Ward, Zhu: "BLEU: a method for automatic evaluation of machine translation", 2002.</summary>
internal static class Bleu
{
    private const int Longest = 4;

    /// <summary>
    /// BLEU-4 of a whole corpus, from 0 to 100: the geometric mean over lengths from one to four words of how many of the translations' runs of so many words stand in the references, less
    /// where the translations are shorter than the references (the brevity penalty).
    /// </summary>
    /// <param name="translations">The translations, with a space between words.</param>
    /// <param name="references">For each translation what is right.</param>
    public static double Of(IReadOnlyList<string> translations, IReadOnlyList<string> references)
    {
        long[] matches = new long[Longest], runs = new long[Longest];
        long written = 0, expected = 0;
        foreach ((string translation, string reference) in translations.Zip(references))
        {
            (string[] words, string[] right) = (Words(translation), Words(reference));
            written += words.Length;
            expected += right.Length;
            for (int length = 1; length <= Longest; length++)
            {
                runs[length - 1] += Math.Max(0, words.Length - length + 1);
                matches[length - 1] += Matches(words, right, length);
            }
        }

        if (matches.Contains(0)) return 0;
        double precision = matches.Zip(runs).Average(pair => Math.Log((double)pair.First / pair.Second));
        return 100 * Math.Exp(precision + Math.Min(0, 1 - ((double)expected / written)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many runs of the translation are in the reference, each at most as often as it stands there.</summary>
    private static int Matches(string[] words, string[] right, int length)
    {
        Dictionary<string, int> expected = Count(right, length);
        return Count(words, length).Sum(run => Math.Min(run.Value, expected.GetValueOrDefault(run.Key)));
    }

    private static Dictionary<string, int> Count(string[] words, int length)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int i = 0; i + length <= words.Length; i++)
        {
            string run = string.Join(' ', words, i, length);
            counts[run] = counts.GetValueOrDefault(run) + 1;
        }

        return counts;
    }
}
