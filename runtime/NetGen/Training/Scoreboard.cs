namespace NetGen;

/// <summary>The running results of an epoch: the mean loss, weighted by the samples of each batch as Keras does, the losses of the outputs, and the metrics.</summary>
internal sealed class Scoreboard
{
    private readonly OutputHead[] heads;
    private readonly double[] losses;
    private readonly MetricState[][] metrics;
    private readonly TensorInfo?[] targets;
    private double total;
    private long samples;

    public Scoreboard(OutputHead[] heads)
    {
        this.heads = heads;
        losses = new double[heads.Length];
        metrics = [.. heads.Select(_ => Array.Empty<MetricState>())];
        targets = new TensorInfo?[heads.Length];
    }

    /// <summary>The names of the results, in their order.</summary>
    public IEnumerable<string> Names => Number(["loss", .. LossNames(), .. MetricNames()]);

    /// <summary>The number of samples so far.</summary>
    public long Samples => samples;

    /// <summary>Makes the states of the metrics for the targets' shapes, where they are not there yet.</summary>
    /// <exception cref="ArgumentException">A metric is not for such shapes; the message names the output.</exception>
    public void Bind(DataBinding binding)
    {
        for (int i = 0; i < heads.Length; i++)
        {
            OutputHead head = heads[i];
            if (binding.TargetInfos[i] is not { } target || (targets[i] is { } bound && bound.Shape.SequenceEqual(target.Shape))) continue;
            try
            {
                metrics[i] = [.. head.Metrics.Select(metric => metric.CreateState(head.Shape, target.Shape))];
                targets[i] = target;
            }
            catch (ArgumentException exception)
            {
                throw head.InOutput(exception);
            }
        }
    }

    /// <summary>Forgets all batches.</summary>
    public void Reset()
    {
        total = 0;
        samples = 0;
        losses.AsSpan().Clear();
        foreach (MetricState[] states in metrics)
        {
            foreach (MetricState state in states) state.Reset();
        }
    }

    /// <summary>All numbers of which the results consist.</summary>
    public double[] ToTotals()
    {
        List<double> totals = [total, samples, .. losses];
        foreach (MetricState state in metrics.SelectMany(states => states)) totals.AddRange(state.Totals);
        return [.. totals];
    }

    /// <summary>Goes on from the numbers of another that has as many.</summary>
    public void Restore(ReadOnlySpan<double> totals)
    {
        (total, samples) = (totals[0], (long)totals[1]);
        totals.Slice(2, losses.Length).CopyTo(losses);
        totals = totals[(2 + losses.Length)..];
        foreach (MetricState state in metrics.SelectMany(states => states))
        {
            totals[..state.Totals.Length].CopyTo(state.Totals);
            totals = totals[state.Totals.Length..];
        }
    }

    /// <summary>Takes in the loss of an output of a batch, without its weight.</summary>
    public void AddLoss(int output, double loss, int count) => losses[output] += loss * count;

    /// <summary>Takes in the whole loss of a batch.</summary>
    public void AddTotal(double loss, int count)
    {
        total += loss * count;
        samples += count;
    }

    /// <summary>Takes in the predictions of an output.</summary>
    public void UpdateMetrics(int output, in LossInput input)
    {
        OutputHead head = heads[output];
        MetricState[] states = metrics[output];
        try
        {
            for (int i = 0; i < states.Length; i++)
                states[i].Update(i < head.UnweightedMetrics ? input with { SampleWeights = [] } : input);
        }
        catch (ArgumentException exception)
        {
            throw head.InOutput(exception);
        }
    }

    /// <summary>Writes the results over those of the same names.</summary>
    /// <param name="logs">Where they go.</param>
    /// <param name="first">The position of <c>loss</c>.</param>
    public void WriteTo(Logs logs, int first)
    {
        double count = Math.Max(samples, 1);
        logs.SetAt(first++, total / count);
        if (heads.Length > 1)
        {
            for (int i = 0; i < heads.Length; i++)
            {
                if (heads[i].Loss is not null) logs.SetAt(first++, losses[i] / count);
            }
        }

        foreach (MetricState[] states in metrics)
        {
            foreach (MetricState state in states)
            {
                for (int k = 0; k < state.ResultLength; k++) logs.SetAt(first++, state.ResultAt(k));
            }
        }
    }

    /// <summary>Names that occur again get a number from 1 on behind them, as in Keras.</summary>
    private static IEnumerable<string> Number(IEnumerable<string> names)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string free = name;
            for (int i = 1; !taken.Add(free); i++) free = $"{name}_{i}";
            yield return free;
        }
    }

    private IEnumerable<string> LossNames() =>
        heads.Length == 1 ? [] : heads.Where(head => head.Loss is not null).Select(head => $"{head.Info.Name}_loss");

    private IEnumerable<string> MetricNames()
    {
        for (int i = 0; i < heads.Length; i++)
        {
            string prefix = heads.Length == 1 ? "" : $"{heads[i].Info.Name}_";
            for (int k = 0; k < metrics[i].Length; k++)
            {
                string name = prefix + heads[i].Metrics[k].Name;
                int results = metrics[i][k].ResultLength;
                for (int j = 0; j < results; j++) yield return results == 1 ? name : $"{name}_{j}";
            }
        }
    }
}
