using System.Reflection;

namespace NetGen.Tests;

/// <summary>The classes of <c>keras.metrics</c>, so that the list is seen to be whole.</summary>
public sealed class KerasMetricListTests
{
    /// <summary>The 46 classes of Keras 3, each with its factory of <see cref="Metric"/>, or why it has none.</summary>
    private static readonly (string Class, string? Factory)[] all =
    [
        ("AUC", "AUC"), ("Accuracy", "ExactAccuracy"), ("BinaryAccuracy", "BinaryAccuracy"), ("BinaryCrossentropy", "BinaryCrossentropy"), ("BinaryIoU", "BinaryIoU"),
        ("CategoricalAccuracy", "CategoricalAccuracy"), ("CategoricalCrossentropy", "CategoricalCrossentropy"), ("CategoricalHinge", "CategoricalHinge"),
        ("ConcordanceCorrelation", "ConcordanceCorrelation"), ("CosineSimilarity", "CosineSimilarity"), ("F1Score", "F1Score"), ("FBetaScore", "FBetaScore"),
        ("FalseNegatives", "FalseNegatives"), ("FalsePositives", "FalsePositives"), ("Hinge", "Hinge"), ("IoU", "IoU"), ("KLDivergence", "KLDivergence"),
        ("LogCoshError", "LogCoshError"), ("Mean", "Mean"), ("MeanAbsoluteError", "MeanAbsoluteError"), ("MeanAbsolutePercentageError", "MeanAbsolutePercentageError"),
        ("MeanIoU", "MeanIoU"), ("MeanSquaredError", "MeanSquaredError"), ("MeanSquaredLogarithmicError", "MeanSquaredLogarithmicError"), ("OneHotIoU", "OneHotIoU"),
        ("OneHotMeanIoU", "OneHotMeanIoU"), ("PearsonCorrelation", "PearsonCorrelation"), ("Poisson", "Poisson"), ("Precision", "Precision"),
        ("PrecisionAtRecall", "PrecisionAtRecall"), ("R2Score", "R2Score"), ("Recall", "Recall"), ("RecallAtPrecision", "RecallAtPrecision"),
        ("RootMeanSquaredError", "RootMeanSquaredError"), ("SensitivityAtSpecificity", "SensitivityAtSpecificity"),
        ("SparseCategoricalAccuracy", "SparseCategoricalAccuracy"), ("SparseCategoricalCrossentropy", "SparseCategoricalCrossentropy"),
        ("SparseTopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"), ("SpecificityAtSensitivity", "SpecificityAtSensitivity"), ("SquaredHinge", "SquaredHinge"),
        ("Sum", "Sum"), ("TopKCategoricalAccuracy", "TopKCategoricalAccuracy"), ("TrueNegatives", "TrueNegatives"), ("TruePositives", "TruePositives"),

        // Makes a metric of a Python function with a value per row; here that is a loss, of the library or one's own.
        ("MeanMetricWrapper", "FromLoss"),

        // The base class, which is Metric itself.
        ("Metric", null),
    ];

    /// <summary>What Keras makes of no name alone either: these have arguments that must be given.</summary>
    private static readonly string[] needArguments =
    [
        "IoU", "MeanIoU", "MeanMetricWrapper", "Metric", "OneHotIoU", "OneHotMeanIoU", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity",
        "SpecificityAtSensitivity",
    ];

    [Fact]
    public void Every_metric_of_Keras_has_its_factory()
    {
        Assert.Equal(46, all.Select(row => row.Class).Distinct().Count());
        MethodInfo[] factories = [.. typeof(Metric).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Metric))];
        Assert.All(all, row => Assert.True(row.Factory is null ? row.Class == nameof(Metric) : factories.Any(method => method.Name == row.Factory), row.Class));
    }

    [Fact]
    public void The_table_has_them_by_name() => Assert.Equal(
        all.Select(row => row.Class).Except(needArguments).Append("accuracy").Order(StringComparer.Ordinal),
        MetricTable.Rows.Select(row => row.Name).Order(StringComparer.Ordinal));
}
