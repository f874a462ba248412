namespace NetGen.Conformance.Tests.Keras;

/// <summary>Makes metrics from the configurations of the cases.</summary>
internal static class KerasMetrics
{
    public static Metric Create(KerasCase c)
    {
        KerasArguments a = new(c);
        string Name(string absent) => a.String("name", absent);
        return c.Class switch
        {
            "Accuracy" => a.Done(Metric.ExactAccuracy(Name("accuracy"))),
            "BinaryAccuracy" => a.Done(Metric.BinaryAccuracy(a.Double("threshold", 0.5), Name("binary_accuracy"))),
            "CategoricalAccuracy" => a.Done(Metric.CategoricalAccuracy(Name("categorical_accuracy"))),
            "SparseCategoricalAccuracy" => a.Done(Metric.SparseCategoricalAccuracy(Name("sparse_categorical_accuracy"))),
            "TopKCategoricalAccuracy" => a.Done(Metric.TopKCategoricalAccuracy(a.Int("k") ?? 5, Name("top_k_categorical_accuracy"))),
            "SparseTopKCategoricalAccuracy" => a.Done(Metric.SparseTopKCategoricalAccuracy(
                a.Int("k") ?? 5, a.Bool("from_sorted_ids"), Name("sparse_top_k_categorical_accuracy"))),
            "Precision" => a.Done(Metric.Precision(a.Doubles("thresholds"), a.Int("top_k"), a.Int("class_id"), Name("precision"))),
            "Recall" => a.Done(Metric.Recall(a.Doubles("thresholds"), a.Int("top_k"), a.Int("class_id"), Name("recall"))),
            "AUC" => a.Done(Metric.AUC(
                a.Int("num_thresholds") ?? 200,
                a.Enum("curve", AucCurve.ROC, AucCurve.ROC),
                a.Enum("summation_method", AucSummation.Interpolation, AucSummation.Interpolation),
                a.Doubles("thresholds"),
                a.Bool("multi_label"),
                a.Int("num_labels"),
                a.Doubles("label_weights"),
                a.Bool("from_logits"),
                Name("auc"))),
            "MeanSquaredError" => a.Done(Metric.MeanSquaredError(Name("mean_squared_error"))),
            "MeanAbsoluteError" => a.Done(Metric.MeanAbsoluteError(Name("mean_absolute_error"))),
            "RootMeanSquaredError" => a.Done(Metric.RootMeanSquaredError(Name("root_mean_squared_error"))),
            "R2Score" => a.Done(Metric.R2Score(
                a.Enum("class_aggregation", R2Aggregation.UniformAverage, R2Aggregation.None, position: 0),
                a.Int("num_regressors") ?? (c.Args.Count > 1 ? c.Args[1].AsInt() : 0),
                Name("r2_score"))),
            "BinaryCrossentropy" => a.Done(
                Metric.BinaryCrossentropy(a.Bool("from_logits"), a.Double("label_smoothing", 0), Name("binary_crossentropy"))),
            "CategoricalCrossentropy" => a.Done(Metric.CategoricalCrossentropy(
                a.Bool("from_logits"), a.Double("label_smoothing", 0), a.Int("axis") ?? -1, Name("categorical_crossentropy"))),
            "SparseCategoricalCrossentropy" => a.Done(Metric.SparseCategoricalCrossentropy(
                a.Bool("from_logits"), a.Int("ignore_class"), Name("sparse_categorical_crossentropy"))),
            "KLDivergence" => a.Done(Metric.KLDivergence(Name("kl_divergence"))),
            "Mean" => a.Done(Metric.Mean(Name("mean"))),
            "Sum" => a.Done(Metric.Sum(Name("sum"))),
            _ => throw new NotCoveredException($"{c.Class} is no metric of the library yet"),
        };
    }
}
