namespace NetGen.Samples;

/// <summary>How often each class was taken for each.</summary>
internal sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    private ConfusionMatrix(int classes) => counts = new int[classes, classes];

    /// <summary>The number of classes.</summary>
    public int Classes => counts.GetLength(0);

    /// <summary>How many samples of a class the network took for another, or for itself.</summary>
    public int this[int truth, int answer] => counts[truth, answer];

    /// <summary>The number of samples.</summary>
    public int Total { get; private set; }

    /// <summary>How many samples got their own class.</summary>
    public int Right { get; private set; }

    /// <summary>Counts the answers of a network to a data set.</summary>
    /// <param name="samples">The samples with their labels.</param>
    /// <param name="probabilities">As many numbers for each sample as there are classes; the largest is the answer.</param>
    /// <param name="classes">The number of classes.</param>
    public static ConfusionMatrix Of(Dataset samples, ReadOnlySpan<float> probabilities, int classes)
    {
        ConfusionMatrix matrix = new(classes);
        Span<float> label = stackalloc float[1];
        for (int i = 0; i < samples.Count; i++)
        {
            samples.ReadTarget(i, label);
            matrix.Add((int)label[0], IndexOfLargest(probabilities.Slice(i * classes, classes)));
        }

        return matrix;
    }

    /// <summary>How many samples there are of a class.</summary>
    public int CountOf(int truth) => Enumerable.Range(0, Classes).Sum(answer => counts[truth, answer]);

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best]) best = i;
        }

        return best;
    }

    private void Add(int truth, int answer)
    {
        counts[truth, answer]++;
        Total++;
        if (truth == answer) Right++;
    }
}
