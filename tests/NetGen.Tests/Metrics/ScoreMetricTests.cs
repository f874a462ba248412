namespace NetGen.Tests;

/// <summary>F scores, counts, rates under a constraint, and correlations, against their definitions.</summary>
public sealed class ScoreMetricTests
{
    private static readonly float[] targets = [1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1];
    private static readonly float[] predictions = [0.9f, 0.2f, 0.6f, 0.3f, 0.8f, 0.1f, 0.7f, 0.75f, 0.2f, 0.4f, 0.35f, 0.95f, 0.05f, 0, 0.55f];
    private static readonly float[] weights = [1, 0.5f, 2, 0, 1.5f];

    [Theory]
    [InlineData(ScoreAverage.None, 1, 0.5)]
    [InlineData(ScoreAverage.Micro, 2, 0.5)]
    [InlineData(ScoreAverage.Macro, 0.5, null)]
    [InlineData(ScoreAverage.Weighted, 1, null)]
    public void F_scores_are_those_of_sets(ScoreAverage average, double beta, double? threshold)
    {
        bool IsPredicted(int i) => threshold is { } t ? predictions[i] > t : predictions[i] == predictions[(i / 3 * 3)..((i / 3 * 3) + 3)].Max();
        double Total(int[] classes, Func<int, bool> where) => Enumerable.Range(0, 15).Where(i => classes.Contains(i % 3) && where(i)).Sum(i => (double)weights[i / 3]);
        double Score(params int[] classes)
        {
            double hits = Total(classes, i => targets[i] == 1 && IsPredicted(i));
            double precision = hits / Total(classes, IsPredicted);
            double recall = hits / Total(classes, i => targets[i] == 1);
            return (1 + (beta * beta)) * precision * recall / ((beta * beta * precision) + recall);
        }

        double Support(int k) => Total([k], i => targets[i] == 1) / Total([0, 1, 2], i => targets[i] == 1);
        MetricState state = MetricRun.Of(Metric.FBetaScore(average, beta, threshold), predictions, targets, 3, 3, weights, parts: 3);
        double[] expected = average switch
        {
            ScoreAverage.None => [Score(0), Score(1), Score(2)],
            ScoreAverage.Micro => [Score(0, 1, 2)],
            ScoreAverage.Macro => [(Score(0) + Score(1) + Score(2)) / 3],
            _ => [(Support(0) * Score(0)) + (Support(1) * Score(1)) + (Support(2) * Score(2))],
        };
        Assert.Equal(expected.Length, state.ResultLength);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], state.ResultAt(i), 1e-6);
        if (beta != 1) return;
        MetricState one = MetricRun.Of(Metric.F1Score(average, threshold), predictions, targets, 3, 3, weights);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(state.ResultAt(i), one.ResultAt(i), 1e-12);
    }

    [Fact]
    public void A_prediction_at_the_threshold_is_none()
    {
        MetricState state = MetricRun.Of(Metric.FBetaScore(ScoreAverage.None, 1, 0.5), [0.5f, 0.75f], [1, 1], 2, 2);
        Assert.Equal(0, state.ResultAt(0));
        Assert.Equal(1, state.ResultAt(1), 1e-6);
    }

    [Fact]
    public void A_row_of_zeros_predicts_nothing_and_masked_rows_do_not_count()
    {
        MetricState state = MetricRun.Of(Metric.F1Score(), [0, 0, 0.2f, 0.8f, 1, 0], [1, 0, 0, 1, 0, 1], 2, 2, mask: [true, true, false]);
        Assert.Equal(0, state.ResultAt(0));
        Assert.Equal(1, state.ResultAt(1), 1e-6);
        state.Reset();
        Assert.Equal(0, state.ResultAt(1));
    }

    [Fact]
    public void Counts_are_those_of_the_confusion_matrix_at_each_threshold()
    {
        double[] thresholds = [0.5, 0.25];
        (Metric Metric, Func<float, bool, bool> Counts)[] all =
        [
            (Metric.TruePositives(thresholds), (t, positive) => t == 1 && positive),
            (Metric.FalsePositives(thresholds), (t, positive) => t == 0 && positive),
            (Metric.TrueNegatives(thresholds), (t, positive) => t == 0 && !positive),
            (Metric.FalseNegatives(thresholds), (t, positive) => t == 1 && !positive),
        ];
        foreach ((Metric metric, Func<float, bool, bool> counts) in all)
        {
            MetricState state = MetricRun.Of(metric, predictions, targets, 3, 3, weights, parts: 2);
            for (int k = 0; k < 2; k++)
            {
                double expected = Enumerable.Range(0, 15).Where(i => counts(targets[i], predictions[i] > thresholds[k])).Sum(i => (double)weights[i / 3]);
                Assert.Equal(expected, state.ResultAt(k), 1e-9);
            }
        }

        Assert.Equal(
            [MetricDirection.Maximize, MetricDirection.Minimize, MetricDirection.Maximize, MetricDirection.Minimize], all.Select(row => row.Metric.Direction));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void Rates_under_a_constraint_are_the_best_over_thresholds(int? classId)
    {
        // Thresholds of k / 20, none of which is a prediction but those that Keras's buckets take as not above it.
        const int count = 41;
        float[] shifted = [.. predictions.Select(p => p + 0.01f)];
        int[] used = [.. Enumerable.Range(0, 15).Where(i => classId is null || i % 3 == classId)];
        (double P, double R, double S) At(int k)
        {
            double Total(Func<int, bool> where) => used.Where(where).Sum(i => (double)weights[i / 3]);
            bool Positive(int i) => shifted[i] > k / (count - 1.0) || k == 0;
            double hits = Total(i => targets[i] == 1 && Positive(i));
            double predicted = Total(Positive);
            return (predicted == 0 ? 0 : hits / predicted, hits / Total(i => targets[i] == 1), Total(i => targets[i] == 0 && !Positive(i)) / Total(i => targets[i] == 0));
        }

        (double P, double R, double S)[] rates = [.. Enumerable.Range(0, count).Select(At)];
        double Best(Func<(double P, double R, double S), double> sought, Func<(double P, double R, double S), double> constrained, double least) =>
            rates.Where(r => constrained(r) >= least).Select(sought).DefaultIfEmpty().Max();
        double Run(Metric metric) => MetricRun.Of(metric, shifted, targets, 3, 3, weights, parts: 3).Result;
        foreach (double least in new[] { 0, 0.31, 0.62, 0.93 })
        {
            Assert.Equal(Best(r => r.P, r => r.R, least), Run(Metric.PrecisionAtRecall(least, count, classId)), 1e-9);
            Assert.Equal(Best(r => r.R, r => r.P, least), Run(Metric.RecallAtPrecision(least, count, classId)), 1e-9);
            Assert.Equal(Best(r => r.R, r => r.S, least), Run(Metric.SensitivityAtSpecificity(least, count, classId)), 1e-9);
            Assert.Equal(Best(r => r.S, r => r.R, least), Run(Metric.SpecificityAtSensitivity(least, count, classId)), 1e-9);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Correlations_are_those_of_their_definitions(int axis)
    {
        int[] shape = axis == -1 ? [2, 7] : [7, 2];
        Random random = new(5);
        float[] p = [.. Enumerable.Range(0, 42).Select(_ => random.NextSingle() * 3)];
        float[] t = [.. p.Select(v => (0.5f * v) + random.NextSingle())];
        double pearson = 0, concordance = 0, cosine = 0;
        for (int row = 0; row < 6; row++)
        {
            int[] at = [.. Enumerable.Range(0, 7).Select(i => axis == -1 ? (row * 7) + i : (row / 2 * 14) + (i * 2) + (row % 2))];
            double meanP = at.Average(i => p[i]), meanT = at.Average(i => t[i]);
            double both = at.Average(i => (p[i] - meanP) * (t[i] - meanT));
            double varianceP = at.Average(i => Math.Pow(p[i] - meanP, 2)), varianceT = at.Average(i => Math.Pow(t[i] - meanT, 2));
            pearson += both / Math.Sqrt(varianceP * varianceT) / 6;
            concordance += 2 * both / (varianceP + varianceT + Math.Pow(meanP - meanT, 2)) / 6;
            cosine += at.Sum(i => (double)p[i] * t[i]) / Math.Sqrt(at.Sum(i => (double)p[i] * p[i]) * at.Sum(i => (double)t[i] * t[i])) / 6;
        }

        double Run(Metric metric)
        {
            MetricState state = metric.CreateState(shape, shape);
            state.Update(new LossInput(p, shape, t, shape, 3));
            Assert.Equal(MetricDirection.Maximize, metric.Direction);
            return state.Result;
        }

        Assert.Equal(pearson, Run(Metric.PearsonCorrelation(axis: axis)), 1e-6);
        Assert.Equal(concordance, Run(Metric.ConcordanceCorrelation(axis: axis)), 1e-6);
        Assert.Equal(cosine, Run(Metric.CosineSimilarity(axis: axis)), 1e-6);
    }

    [Fact]
    public void Metrics_that_are_losses_have_their_formula()
    {
        (Metric Metric, Loss Loss)[] all =
        [
            (Metric.MeanAbsolutePercentageError(), Loss.MeanAbsolutePercentageError()),
            (Metric.MeanSquaredLogarithmicError(), Loss.MeanSquaredLogarithmicError()),
            (Metric.LogCoshError(), Loss.LogCosh()),
            (Metric.Poisson(), Loss.Poisson()),
            (Metric.Hinge(), Loss.Hinge()),
            (Metric.SquaredHinge(), Loss.SquaredHinge()),
            (Metric.CategoricalHinge(), Loss.CategoricalHinge()),
        ];
        foreach ((Metric metric, Loss loss) in all)
        {
            double expected = loss.Evaluate(new LossInput(predictions, [3], targets, [3], 5));
            Assert.True(expected != 0);
            Assert.Equal(expected, MetricRun.Of(metric, predictions, targets, 3, 3).Result, 1e-6 * expected);
            Assert.Equal(MetricDirection.Minimize, metric.Direction);
        }
    }

    [Fact]
    public void Losses_over_more_than_a_row_are_metrics_too()
    {
        // One loss of the whole batch counts once for each sample.
        MetricState dice = MetricRun.Of(Metric.FromLoss(Loss.Dice()), predictions, targets, 3, 3);
        Assert.Equal(Loss.Dice().Evaluate(new LossInput(predictions, [3], targets, [3], 5)), dice.Result, 1e-6);
        MetricState classes = MetricRun.Of(Metric.FromLoss(Loss.Tversky(0.3, 0.7, axis: [0])), predictions, targets, 3, 3);
        Assert.Equal(Loss.Tversky(0.3, 0.7, axis: [0]).Evaluate(new LossInput(predictions, [3], targets, [3], 5)), classes.Result, 1e-6);

        // A sequence whose every step is left out does not count; of another, the steps that are left out are none.
        float[] logits = [.. Enumerable.Range(0, 24).Select(i => i * 7 % 11 / 4f)];
        bool[] mask = [true, true, true, false, false, false, false, false];
        MetricState ctc = Metric.FromLoss(Loss.CTC()).CreateState([4, 3], [2]);
        ctc.Update(new LossInput(logits, [4, 3], new float[] { 1, 2, 2, 1 }, [2], 2) { Mask = mask });
        Assert.Equal(Loss.CTC().Evaluate(new LossInput(logits[..9], [3, 3], new float[] { 1, 2 }, [2], 1)), ctc.Result, 1e-6);
    }

    [Fact]
    public void Arguments_out_of_range_are_named()
    {
        Assert.Equal("recall", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.PrecisionAtRecall(1.1)).ParamName);
        Assert.Equal("precision", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.RecallAtPrecision(-0.1)).ParamName);
        Assert.Equal("specificity", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.SensitivityAtSpecificity(double.NaN)).ParamName);
        Assert.Equal("sensitivity", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.SpecificityAtSensitivity(2)).ParamName);
        Assert.Equal("numThresholds", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.PrecisionAtRecall(0.5, 0)).ParamName);
        Assert.Equal("classId", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.PrecisionAtRecall(0.5, classId: -1)).ParamName);
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.FBetaScore(beta: 0)).ParamName);
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1Score(threshold: 0)).ParamName);
        Assert.Equal("average", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1Score((ScoreAverage)9)).ParamName);
        Assert.Equal("thresholds", Assert.Throws<ArgumentException>(() => Metric.TruePositives([])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.PearsonCorrelation(axis: 0));
        Assert.Contains("one axis per sample", Assert.Throws<ArgumentException>(() => Metric.F1Score().CreateState([2, 3], [2, 3])).Message, StringComparison.Ordinal);
    }
}
