namespace NetGen;

/// <summary>Every metric under Keras's names, with its default arguments.</summary>
internal static class MetricTable
{
    /// <summary>One row per metric: the name of the Keras class, its other names there, and the metric.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        // The names choose by shapes; the class compares elements.
        new("accuracy", ["acc"], () => Metric.Accuracy()),
        new("Accuracy", [], () => Metric.ExactAccuracy()),
        new("AUC", ["auc"], () => Metric.AUC()),
        new("BinaryAccuracy", ["binary_accuracy"], () => Metric.BinaryAccuracy()),
        new("BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"], () => Metric.BinaryCrossentropy()),
        new("BinaryIoU", ["binary_io_u"], () => Metric.BinaryIoU()),
        new("CategoricalAccuracy", ["categorical_accuracy"], () => Metric.CategoricalAccuracy()),
        new("CategoricalCrossentropy", ["categorical_crossentropy"], () => Metric.CategoricalCrossentropy()),
        new("CategoricalHinge", ["categorical_hinge"], () => Metric.CategoricalHinge()),
        new("ConcordanceCorrelation", ["concordance_correlation"], () => Metric.ConcordanceCorrelation()),
        new("CosineSimilarity", ["cosine_similarity"], () => Metric.CosineSimilarity()),
        new("F1Score", ["f1_score"], () => Metric.F1Score()),
        new("FalseNegatives", ["false_negatives"], () => Metric.FalseNegatives()),
        new("FalsePositives", ["false_positives"], () => Metric.FalsePositives()),
        new("FBetaScore", ["f_beta_score"], () => Metric.FBetaScore()),
        new("Hinge", ["hinge"], () => Metric.Hinge()),
        new("KLDivergence", ["kl_divergence", "kld", "KLD"], () => Metric.KLDivergence()),
        new("LogCoshError", ["log_cosh_error"], () => Metric.LogCoshError()),
        new("Mean", ["mean"], () => Metric.Mean()),
        new("MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], () => Metric.MeanAbsoluteError()),
        new("MeanAbsolutePercentageError", ["mean_absolute_percentage_error", "mape", "MAPE"], () => Metric.MeanAbsolutePercentageError()),
        new("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], () => Metric.MeanSquaredError()),
        new("MeanSquaredLogarithmicError", ["mean_squared_logarithmic_error", "msle", "MSLE"], () => Metric.MeanSquaredLogarithmicError()),
        new("PearsonCorrelation", ["pearson_correlation"], () => Metric.PearsonCorrelation()),
        new("Poisson", ["poisson"], () => Metric.Poisson()),
        new("Precision", ["precision"], () => Metric.Precision()),
        new("R2Score", ["r2_score"], () => Metric.R2Score()),
        new("Recall", ["recall"], () => Metric.Recall()),
        new("RootMeanSquaredError", ["root_mean_squared_error", "rmse", "RMSE"], () => Metric.RootMeanSquaredError()),
        new("SparseCategoricalAccuracy", ["sparse_categorical_accuracy"], () => Metric.SparseCategoricalAccuracy()),
        new("SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"], () => Metric.SparseCategoricalCrossentropy()),
        new("SparseTopKCategoricalAccuracy", ["sparse_top_k_categorical_accuracy"], () => Metric.SparseTopKCategoricalAccuracy()),
        new("SquaredHinge", ["squared_hinge"], () => Metric.SquaredHinge()),
        new("Sum", ["sum"], () => Metric.Sum()),
        new("TopKCategoricalAccuracy", ["top_k_categorical_accuracy"], () => Metric.TopKCategoricalAccuracy()),
        new("TrueNegatives", ["true_negatives"], () => Metric.TrueNegatives()),
        new("TruePositives", ["true_positives"], () => Metric.TruePositives()),
    ];

    /// <summary>The metric of a Keras name; null if there is none.</summary>
    public static Metric? Find(string name) => Rows.FirstOrDefault(row => row.Name == name || row.Aliases.Contains(name))?.Create();

    internal sealed record Row(string Name, string[] Aliases, Func<Metric> Create);
}
