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
        new("CategoricalAccuracy", ["categorical_accuracy"], () => Metric.CategoricalAccuracy()),
        new("CategoricalCrossentropy", ["categorical_crossentropy"], () => Metric.CategoricalCrossentropy()),
        new("KLDivergence", ["kl_divergence", "kld", "KLD"], () => Metric.KLDivergence()),
        new("Mean", ["mean"], () => Metric.Mean()),
        new("MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], () => Metric.MeanAbsoluteError()),
        new("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], () => Metric.MeanSquaredError()),
        new("Precision", ["precision"], () => Metric.Precision()),
        new("R2Score", ["r2_score"], () => Metric.R2Score()),
        new("Recall", ["recall"], () => Metric.Recall()),
        new("RootMeanSquaredError", ["root_mean_squared_error", "rmse", "RMSE"], () => Metric.RootMeanSquaredError()),
        new("SparseCategoricalAccuracy", ["sparse_categorical_accuracy"], () => Metric.SparseCategoricalAccuracy()),
        new("SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"], () => Metric.SparseCategoricalCrossentropy()),
        new("SparseTopKCategoricalAccuracy", ["sparse_top_k_categorical_accuracy"], () => Metric.SparseTopKCategoricalAccuracy()),
        new("Sum", ["sum"], () => Metric.Sum()),
        new("TopKCategoricalAccuracy", ["top_k_categorical_accuracy"], () => Metric.TopKCategoricalAccuracy()),
    ];

    /// <summary>The metric of a Keras name; null if there is none.</summary>
    public static Metric? Find(string name) => Rows.FirstOrDefault(row => row.Name == name || row.Aliases.Contains(name))?.Create();

    internal sealed record Row(string Name, string[] Aliases, Func<Metric> Create);
}
