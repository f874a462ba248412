namespace NetGen.Tests;

/// <summary>Intersections over unions, against counts of sets.</summary>
public sealed class SegmentationMetricTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void The_mean_over_classes_is_that_of_sets(bool weighted, bool masked)
    {
        const int batch = 5, height = 3, width = 4, classes = 4;
        Random random = new(7);
        float[] targets = [.. Enumerable.Range(0, batch * height * width).Select(_ => (float)random.Next(classes + 1) - 1)];
        float[] predictions = [.. targets.Select(t => random.Next(3) == 0 ? random.Next(classes - 1) : t)];
        float[] weights = weighted ? [.. Enumerable.Range(0, batch).Select(_ => random.NextSingle())] : [];
        bool[] mask = masked ? [.. Enumerable.Range(0, batch * height).Select(_ => random.Next(3) > 0)] : [];
        MetricState state = Metric.MeanIoU(classes, ignoreClass: 3).CreateState([height, width], [height, width]);
        for (int sample = 0; sample < batch; sample++)
        {
            int from = sample * height * width, to = from + (height * width);
            state.Update(new LossInput(predictions[from..to], [height, width], targets[from..to], [height, width], 1)
            {
                SampleWeights = weighted ? weights[sample..(sample + 1)] : [],
                Mask = masked ? mask[(sample * height)..((sample + 1) * height)] : [],
            });
        }

        bool Counts(int i) => targets[i] is >= 0 and < 3 && predictions[i] is >= 0 and < classes && (!masked || mask[i / width]);
        double Total(Func<int, bool> where) =>
            Enumerable.Range(0, targets.Length).Where(i => Counts(i) && where(i)).Sum(i => weighted ? weights[i / (height * width)] : 1.0);
        double[] scores = [.. Enumerable.Range(0, classes)
            .Where(k => Total(i => targets[i] == k || predictions[i] == k) > 0)
            .Select(k => Total(i => targets[i] == k && predictions[i] == k) / Total(i => targets[i] == k || predictions[i] == k))];
        Assert.Equal(scores.Average(), state.Result, 1e-6);
        state.Reset();
        Assert.Equal(0, state.Result);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    public void Scores_and_one_hot_targets_are_those_of_their_largest_along_the_axis(int axis)
    {
        const int batch = 4, classes = 3, places = 5;
        Random random = new(3);
        int last = axis == 1 ? places : classes;
        int[] shape = axis == 1 ? [classes, places] : [places, classes];
        float[] scores = [.. Enumerable.Range(0, batch * classes * places).Select(_ => random.NextSingle())];
        float[] oneHot = new float[scores.Length];
        float[] targets = new float[batch * places];
        float[] predictions = new float[batch * places];
        for (int i = 0; i < targets.Length; i++)
        {
            int At(int k) => axis == 1 ? (((i / places * classes) + k) * last) + (i % places) : (i * classes) + k;
            targets[i] = random.Next(classes);
            oneHot[At((int)targets[i])] = 1;
            predictions[i] = Enumerable.Range(0, classes).MaxBy(k => scores[At(k)]);
        }

        float[] weights = [.. Enumerable.Range(0, batch).Select(i => 1f + i)];
        double Run(Metric metric, float[] p, int[] pShape, float[] t, int[] tShape)
        {
            MetricState state = metric.CreateState(pShape, tShape);
            state.Update(new LossInput(p, pShape, t, tShape, batch) { SampleWeights = weights });
            return state.Result;
        }

        double expected = Run(Metric.IoU(classes, [0, 2]), predictions, [places], targets, [places]);
        Assert.InRange(expected, 0.05, 0.95);
        Assert.Equal(expected, Run(Metric.OneHotIoU(classes, [0, 2], axis: axis), scores, shape, oneHot, shape));
        Assert.Equal(expected, Run(Metric.OneHotIoU(classes, [0, 2], sparseYPred: true, axis: axis), predictions, [places], oneHot, shape));
        Assert.Equal(expected, Run(Metric.IoU(classes, [0, 2], sparseYPred: false, axis: axis), scores, shape, targets, [places]));
        double mean = Run(Metric.MeanIoU(classes), predictions, [places], targets, [places]);
        Assert.Equal(mean, Run(Metric.OneHotMeanIoU(classes, axis: axis), scores, shape, oneHot, shape));
    }

    [Fact]
    public void A_prediction_at_the_threshold_is_of_class_1()
    {
        // Classes: targets 0 1 0 1, predictions 0 0 1 1: each is met once of three.
        MetricState state = MetricRun.Of(Metric.BinaryIoU(threshold: 0.4), [0.1f, 0.2f, 0.4f, 0.7f], [0, 1, 0, 1], 1, 1);
        Assert.Equal(1 / 3.0, state.Result, 1e-6);
        Assert.Equal(0.5, MetricRun.Of(Metric.BinaryIoU([0], 0.5), [0.1f, 0.2f, 0.4f, 0.7f], [0, 1, 0, 0], 1, 1).Result, 1e-6);
    }

    [Fact]
    public void Arguments_and_shapes_that_are_wrong_are_named()
    {
        Assert.Equal("numClasses", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.MeanIoU(0)).ParamName);
        Assert.Contains("from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.IoU(2, [2])).Message, StringComparison.Ordinal);
        Assert.Equal("targetClassIds", Assert.Throws<ArgumentException>(() => Metric.IoU(2, [])).ParamName);
        Assert.Throws<ArgumentNullException>(() => Metric.IoU(2, null!));
        Assert.Throws<ArgumentNullException>(() => Metric.OneHotIoU(2, null!));
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.OneHotMeanIoU(2, axis: 0)).ParamName);
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => Metric.BinaryIoU(threshold: double.NaN)).ParamName);
        Assert.Contains("is for 2 classes; the predictions (3) have 3", Assert.Throws<ArgumentException>(() => Metric.OneHotMeanIoU(2).CreateState([3], [3])).Message, StringComparison.Ordinal);
        Assert.Contains("along axis 2", Assert.Throws<ArgumentException>(() => Metric.OneHotMeanIoU(2, axis: 2).CreateState([3], [3])).Message, StringComparison.Ordinal);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => MetricRun.Of(Metric.MeanIoU(3, sparseYPred: false), new float[6], new float[6], 3, 3));
        Assert.Contains("of (3) per sample are 1 classes, targets of (3) are 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_are_all_of_a_state()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => i * 7 % 5 / 5f)];
        float[] targets = [.. Enumerable.Range(0, 24).Select(i => (float)(i * 5 % 3 % 2))];
        IEnumerable<Metric> table = MetricTable.Rows.Where(row => !row.Name.StartsWith("Sparse", StringComparison.Ordinal)).Select(row => row.Create());
        foreach (Metric metric in table.Append(Metric.OneHotMeanIoU(3)).Append(Metric.PrecisionAtRecall(0.5)).Append(Metric.FromLoss(Loss.Dice())))
        {
            MetricState whole = MetricRun.Of(metric, values, targets, 3, 3, parts: 2);
            MetricState resumed = metric.CreateState([3], [3]);
            resumed.Update(new LossInput(values[..12], [3], targets[..12], [3], 4));
            MetricState other = metric.CreateState([3], [3]);
            resumed.Totals.CopyTo(other.Totals);
            other.Update(new LossInput(values[12..], [3], targets[12..], [3], 4));
            for (int i = 0; i < whole.ResultLength; i++) Assert.Equal(whole.ResultAt(i), other.ResultAt(i));
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_batch()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => i * 7 % 5 / 5f)];
        float[] weights = [1, 2];
        int[] shape = [4, 3];
        MetricState[] states = [.. new[] { Metric.OneHotIoU(3, [1]), Metric.OneHotMeanIoU(4, axis: 1), Metric.MeanIoU(2), Metric.FromLoss(Loss.Dice()), Metric.FromLoss(Loss.Dice(axis: [1])) }
            .Select(metric => metric.CreateState(shape, shape))];

        void Run()
        {
            foreach (MetricState state in states) state.Update(new LossInput(values, shape, values, shape, 2) { SampleWeights = weights });
        }

        Assert.Equal(0, Allocations.Of(Run));
    }
}
