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
                a.Bool("from_logits"), a.Int("ignore_class"), a.Int("axis") ?? -1, Name("sparse_categorical_crossentropy"))),
            "KLDivergence" => a.Done(Metric.KLDivergence(Name("kl_divergence"))),
            "MeanAbsolutePercentageError" => a.Done(Metric.MeanAbsolutePercentageError(Name("mean_absolute_percentage_error"))),
            "MeanSquaredLogarithmicError" => a.Done(Metric.MeanSquaredLogarithmicError(Name("mean_squared_logarithmic_error"))),
            "CosineSimilarity" => a.Done(Metric.CosineSimilarity(Name("cosine_similarity"), a.Int("axis") ?? -1)),
            "LogCoshError" => a.Done(Metric.LogCoshError(Name("logcosh"))),
            "PearsonCorrelation" => a.Done(Metric.PearsonCorrelation(Name("pearson_correlation"), a.Int("axis") ?? -1)),
            "ConcordanceCorrelation" => a.Done(Metric.ConcordanceCorrelation(Name("concordance_correlation"), a.Int("axis") ?? -1)),
            "Poisson" => a.Done(Metric.Poisson(Name("poisson"))),
            "Hinge" => a.Done(Metric.Hinge(Name("hinge"))),
            "SquaredHinge" => a.Done(Metric.SquaredHinge(Name("squared_hinge"))),
            "CategoricalHinge" => a.Done(Metric.CategoricalHinge(Name("categorical_hinge"))),
            "TruePositives" => a.Done(Metric.TruePositives(a.Doubles("thresholds"), Name("true_positives"))),
            "TrueNegatives" => a.Done(Metric.TrueNegatives(a.Doubles("thresholds"), Name("true_negatives"))),
            "FalsePositives" => a.Done(Metric.FalsePositives(a.Doubles("thresholds"), Name("false_positives"))),
            "FalseNegatives" => a.Done(Metric.FalseNegatives(a.Doubles("thresholds"), Name("false_negatives"))),
            "PrecisionAtRecall" => a.Done(Metric.PrecisionAtRecall(
                a.Double("recall", 0, position: 0), a.Int("num_thresholds") ?? 200, a.Int("class_id"), Name("precision_at_recall"))),
            "RecallAtPrecision" => a.Done(Metric.RecallAtPrecision(
                a.Double("precision", 0, position: 0), a.Int("num_thresholds") ?? 200, a.Int("class_id"), Name("recall_at_precision"))),
            "SensitivityAtSpecificity" => a.Done(Metric.SensitivityAtSpecificity(
                a.Double("specificity", 0, position: 0), a.Int("num_thresholds") ?? 200, a.Int("class_id"), Name("sensitivity_at_specificity"))),
            "SpecificityAtSensitivity" => a.Done(Metric.SpecificityAtSensitivity(
                a.Double("sensitivity", 0, position: 0), a.Int("num_thresholds") ?? 200, a.Int("class_id"), Name("specificity_at_sensitivity"))),
            "FBetaScore" => a.Done(Metric.FBetaScore(
                a.Enum("average", ScoreAverage.None, ScoreAverage.None, position: 0),
                a.Double("beta", 1, position: 1),
                a.DoubleOrNull("threshold", position: 2),
                Name("fbeta_score"))),
            "F1Score" => a.Done(Metric.F1Score(
                a.Enum("average", ScoreAverage.None, ScoreAverage.None, position: 0), a.DoubleOrNull("threshold", position: 1), Name("f1_score"))),
            "IoU" => a.Done(Metric.IoU(
                a.Int("num_classes") ?? 0,
                a.Ints("target_class_ids") ?? [],
                Name("io_u"),
                a.Int("ignore_class"),
                !a.Is("sparse_y_true", false),
                !a.Is("sparse_y_pred", false),
                a.Int("axis") ?? -1)),
            "MeanIoU" => a.Done(Metric.MeanIoU(
                a.Int("num_classes") ?? 0,
                Name("mean_io_u"),
                a.Int("ignore_class"),
                !a.Is("sparse_y_true", false),
                !a.Is("sparse_y_pred", false),
                a.Int("axis") ?? -1)),
            "OneHotIoU" => a.Done(Metric.OneHotIoU(
                a.Int("num_classes") ?? 0,
                a.Ints("target_class_ids") ?? [],
                Name("one_hot_io_u"),
                a.Int("ignore_class"),
                a.Bool("sparse_y_pred"),
                a.Int("axis") ?? -1)),
            "OneHotMeanIoU" => a.Done(Metric.OneHotMeanIoU(
                a.Int("num_classes") ?? 0, Name("one_hot_mean_io_u"), a.Int("ignore_class"), a.Bool("sparse_y_pred"), a.Int("axis") ?? -1)),
            "BinaryIoU" => a.Done(Metric.BinaryIoU(a.Ints("target_class_ids"), a.Double("threshold", 0.5), Name("binary_io_u"))),
            "Mean" => a.Done(Metric.Mean(Name("mean"))),
            "Sum" => a.Done(Metric.Sum(Name("sum"))),
            _ => throw new NotCoveredException($"{c.Class} is no metric of the library yet"),
        };
    }
}
