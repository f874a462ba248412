namespace NetGen.Conformance.Tests.Keras;

public sealed class MetricCasesTests
{
    /// <summary>Metrics whose function takes the mean over the last axis, so that an array of rank 1 is one row.</summary>
    private static readonly string[] RowMetrics =
    [
        "BinaryCrossentropy", "CategoricalCrossentropy", "KLDivergence", "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError",
        "MeanSquaredLogarithmicError", "CosineSimilarity", "LogCoshError", "PearsonCorrelation", "ConcordanceCorrelation", "Poisson", "Hinge", "SquaredHinge",
        "CategoricalHinge",
    ];

    [Fact]
    public void Metrics() => CaseTable.Check("metric", c =>
    {
        Metric metric = KerasMetrics.Create(c);
        if (c.Checked.StartsWith("attribute ", StringComparison.Ordinal) && Describe(metric, c.Checked["attribute ".Length..]) is { } attribute) return attribute;
        if (metric is ValueMeanMetric or ValueSumMetric) return Finish(c, Values(c, metric));
        if (metric is MeanMetric && c.Expected.Length > 1) return EachRow(metric, c.Ops[0]);
        return Finish(c, Run(c, metric));
    });

    private static MetricState Run(KerasCase c, Metric metric)
    {
        MetricState? state = null;
        foreach (KerasOp op in c.Ops)
        {
            if (op.Name == "reset_state") state!.Reset();
            if (op.Name is not ("update_state" or "__call__")) continue;

            // Top-k and the row metrics look at the last axis, which for an array of rank 1 is the only one.
            bool isTopK = metric is ConfusionMetric { Top: not null };
            OutputBatch batch = new(op, RowMetrics.Contains(c.Class) || isTopK);
            state ??= metric.CreateState(batch.PredictionShape, batch.TargetShape);
            state.Update(batch.ToInput());
        }

        // The result before any data.
        return state ?? metric.CreateState([], []);
    }

    /// <summary>Mean and Sum take values without targets.</summary>
    private static MetricState Values(KerasCase c, Metric metric)
    {
        MetricState state = metric.CreateState([], []);
        foreach (KerasOp op in c.Ops.Where(op => op.Name is "update_state" or "__call__"))
        {
            KerasArray values = op.Arg("values", 0)!.Value.AsArray();
            KerasArray? weights = op.Arg("sample_weight", 1)?.AsArray();
            state.Update(new LossInput(values.ToFloats(), values.Rank == 0 ? [] : values.Shape[1..], values.Rank == 0 ? 1 : values.Shape[0])
            {
                SampleWeights = weights is null ? [] : weights.ToFloats(),
                SampleWeightShape = weights?.Shape ?? [],
            });
        }

        return state;
    }

    /// <summary>The metric of each row alone, for a case that expects a value per row of a metric that has one.</summary>
    private static KerasArray EachRow(Metric metric, KerasOp op)
    {
        // The test reads the values of the metric's function, one per row, in place of their mean.
        LossInput input = new OutputBatch(op, reducesLastAxis: false).ToRows();
        int targets = input.TargetShape[0];
        double[] results = new double[input.Rows];
        for (int row = 0; row < results.Length; row++)
        {
            MetricState state = metric.CreateState([input.Size], [targets]);
            state.Update(new LossInput(
                input.Predictions.Slice(row * input.Size, input.Size), [input.Size], input.Targets.Slice(row * targets, targets), [targets], batch: 1));
            results[row] = state.Result;
        }

        return new KerasArray("float64", [results.Length], results);
    }

    private static KerasArray Finish(KerasCase c, MetricState state)
    {
        if (c.Checked == "result of last op")
        {
            double[] results = [.. Enumerable.Range(0, state.ResultLength).Select(state.ResultAt)];
            return new KerasArray("float64", results.Length == 1 ? [] : [results.Length], results);
        }

        string attribute = c.Checked["attribute ".Length..];
        return state switch
        {
            ConfusionState confusion => KerasArray.FromScalar(Count(confusion.CountsAt(0), attribute)),
            AucState auc => new KerasArray("float64", c.Expected.Shape, [.. Counts(auc, c.Expected.Shape, attribute)]),
            _ => throw new NotCoveredException($"{c.Class} has no {attribute}"),
        };
    }

    private static IEnumerable<double> Counts(AucState auc, int[] shape, string attribute)
    {
        for (int threshold = 0; threshold < shape[0]; threshold++)
        {
            for (int label = 0; label < shape[1]; label++) yield return Count(auc.CountsAt(label, threshold), attribute);
        }
    }

    private static double Count(ConfusionCounts counts, string attribute) => attribute switch
    {
        "true_positives" => counts.TruePositives,
        "false_positives" => counts.FalsePositives,
        "true_negatives" => counts.TrueNegatives,
        "false_negatives" => counts.FalseNegatives,
        _ => throw new NotCoveredException($"the attribute {attribute}"),
    };

    private static KerasArray? Describe(Metric metric, string attribute) => (metric, attribute) switch
    {
        (AucMetric auc, "num_thresholds") => KerasArray.FromScalar(auc.Thresholds.Count),
        (AucMetric auc, "thresholds") => KerasArray.FromFloats([.. auc.Thresholds], auc.Thresholds.Count),
        (AucMetric auc, "num_labels") => auc.NumLabels is { } labels ? KerasArray.FromScalar(labels) : null,
        (R2ScoreMetric r2, "num_regressors") => KerasArray.FromScalar(r2.NumRegressors),
        (FBetaMetric score, "beta") => KerasArray.FromScalar(score.Beta),
        (FBetaMetric score, "threshold") => KerasArray.FromScalar(score.Threshold ?? double.NaN),
        (IoUMetric iou, "num_classes") => KerasArray.FromScalar(iou.Classes),
        (IoUMetric iou, "threshold") => KerasArray.FromScalar(iou.Threshold ?? double.NaN),
        (ConstrainedMetric at, "recall" or "precision" or "sensitivity" or "specificity") => KerasArray.FromScalar(at.Least),
        (ConstrainedMetric at, "num_thresholds") => KerasArray.FromScalar(at.Thresholds.Length),
        (ConstrainedMetric at, "class_id") => KerasArray.FromScalar(at.ClassId ?? -1),
        _ => null,
    };
}
