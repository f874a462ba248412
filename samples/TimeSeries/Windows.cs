namespace NetGen.Samples;

/// <summary>Cuts a series into windows to learn from.</summary>
internal static class Windows
{
    private const int Seasons = 4;

    /// <summary>All windows of some seasons of the known part, each with what the network should say at each of its steps.</summary>
    public static Dataset Cut(Series series)
    {
        SeasonalSteps steps = new(series);
        List<float> inputs = [], targets = [];
        for (int i = 0; i < series.Known; i++)
        {
            if (steps.IsReady)
            {
                inputs.AddRange(steps.Step());
                targets.Add(steps.Target(series.Values[i]));
            }

            steps.Add(series.Values[i]);
        }

        int length = Seasons * series.Season;
        int[] starts = [.. Enumerable.Range(0, targets.Count - length + 1)];
        return Dataset.FromSequences(
            [.. starts.Select(start => inputs.GetRange(start * SeasonalSteps.Size, length * SeasonalSteps.Size).ToArray())], [SeasonalSteps.Size],
            [.. starts.Select(start => targets.GetRange(start, length).ToArray())], [1]);
    }
}
