namespace NetGen.Samples;

/// <summary>Forecasts of the unknown part of a series.</summary>
/// <param name="OneStep">Each value from all true ones before it.</param>
/// <param name="FreeRunning">All of them from the known part alone: the network's own forecasts take the place of the true values.</param>
internal sealed record Forecast(float[] OneStep, float[] FreeRunning)
{
    /// <summary>Lets the network go through the series once; where the unknown part begins, a copy of the stream goes on by itself.</summary>
    public static Forecast Make(Forecaster network, Series series)
    {
        SeasonalSteps steps = new(series);
        using InferenceStream stream = network.CreateStream();
        float[] output = new float[1], freeRunning = [];
        List<float> oneStep = [];
        for (int i = 0; i < series.Values.Length; i++)
        {
            if (i == series.Known)
            {
                using InferenceStream copy = stream.Copy();
                freeRunning = Run(copy, steps.Copy(), output[0], series.Values.Length - series.Known);
            }

            if (i >= series.Known) oneStep.Add(steps.Value(output[0]));
            steps.Add(series.Values[i]);
            if (steps.IsReady) stream.Step(steps.Step(), output);
        }

        return new Forecast([.. oneStep], freeRunning);
    }

    /// <summary>The seasonal naive forecasts of the same values: what was a season before, of the true values or of the known ones alone.</summary>
    public static Forecast Naive(Series series)
    {
        int[] unknown = [.. Enumerable.Range(series.Known, series.Values.Length - series.Known)];
        int lastSeason = series.Known - series.Season;
        return new Forecast(
            [.. unknown.Select(i => series.Values[i - series.Season])],
            [.. unknown.Select(i => series.Values[lastSeason + ((i - series.Known) % series.Season)])]);
    }

    /// <summary>The mean absolute error of each of both.</summary>
    public (double OneStep, double FreeRunning) Errors(Series series)
    {
        float[] truth = series.Values[series.Known..];
        return (Error(OneStep), Error(FreeRunning));

        double Error(float[] found) => truth.Zip(found, (a, b) => Math.Abs((double)a - b)).Average();
    }

    private static float[] Run(InferenceStream stream, SeasonalSteps steps, float output, int count)
    {
        float[] values = new float[count], outputs = [output];
        for (int i = 0; i < count; i++)
        {
            values[i] = steps.Value(outputs[0]);
            steps.Add(values[i]);
            stream.Step(steps.Step(), outputs);
        }

        return values;
    }
}
