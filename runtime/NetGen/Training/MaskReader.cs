namespace NetGen;

/// <summary>Which rows of an output count: those whose step the network masks do not, nor those behind the end of their targets.</summary>
internal sealed class MaskReader
{
    private bool[] rows = [];

    /// <summary>The mask of a batch's rows; empty where all of them count.</summary>
    /// <param name="steps">1 or 0 for each step of each sample; empty where all count.</param>
    /// <param name="lengths">How many steps of each sample have a target; empty where all have.</param>
    /// <param name="shape">The shape of one sample of the output.</param>
    /// <param name="samples">The number of samples.</param>
    public ReadOnlySpan<bool> Read(ReadOnlySpan<float> steps, ReadOnlySpan<int> lengths, ReadOnlySpan<int> shape, int samples)
    {
        if ((steps.IsEmpty && lengths.IsEmpty) || shape.Length < 2) return [];
        (int time, int perStep) = (shape[0], 1);
        foreach (int size in shape[1..^1]) perStep *= size;
        int count = samples * time * perStep;
        if (rows.Length < count) rows = new bool[count];
        bool all = true;
        for (int sample = 0; sample < samples; sample++)
        {
            for (int step = 0; step < time; step++)
            {
                int at = (sample * time) + step;
                bool counts = (steps.IsEmpty || steps[at] != 0) && (lengths.IsEmpty || step < lengths[sample]);
                all &= counts;
                rows.AsSpan(at * perStep, perStep).Fill(counts);
            }
        }

        return all ? [] : rows.AsSpan(0, count);
    }
}
