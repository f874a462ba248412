namespace NetGen;

/// <summary>Every loss under Keras's names, with its default arguments.</summary>
internal static class LossTable
{
    /// <summary>One row per loss: the name of the Keras class, its other names there, and the loss.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"], () => Loss.BinaryCrossentropy()),
        new("BinaryFocalCrossentropy", ["binary_focal_crossentropy"], () => Loss.BinaryFocalCrossentropy()),
        new("CTC", ["ctc"], () => Loss.CTC()),
        new("CategoricalCrossentropy", ["categorical_crossentropy"], () => Loss.CategoricalCrossentropy()),
        new("CategoricalFocalCrossentropy", ["categorical_focal_crossentropy"], () => Loss.CategoricalFocalCrossentropy()),
        new("CategoricalGeneralizedCrossEntropy", ["categorical_generalized_cross_entropy"], () => Loss.CategoricalGeneralizedCrossEntropy()),
        new("CategoricalHinge", ["categorical_hinge"], () => Loss.CategoricalHinge()),
        new("Circle", ["circle"], () => Loss.Circle()),
        new("CosineSimilarity", ["cosine_similarity"], () => Loss.CosineSimilarity()),
        new("Dice", ["dice"], () => Loss.Dice()),
        new("Hinge", ["hinge"], () => Loss.Hinge()),
        new("Huber", ["huber", "huber_loss"], () => Loss.Huber()),
        new("KLDivergence", ["kl_divergence", "kld", "KLD"], () => Loss.KLDivergence()),
        new("LogCosh", ["log_cosh", "logcosh"], () => Loss.LogCosh()),
        new("MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], () => Loss.MeanAbsoluteError()),
        new("MeanAbsolutePercentageError", ["mean_absolute_percentage_error", "mape", "MAPE"], () => Loss.MeanAbsolutePercentageError()),
        new("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], () => Loss.MeanSquaredError()),
        new("MeanSquaredLogarithmicError", ["mean_squared_logarithmic_error", "msle", "MSLE"], () => Loss.MeanSquaredLogarithmicError()),
        new("Poisson", ["poisson"], () => Loss.Poisson()),
        new("SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"], () => Loss.SparseCategoricalCrossentropy()),
        new("SquaredHinge", ["squared_hinge"], () => Loss.SquaredHinge()),
        new("Tversky", ["tversky"], () => Loss.Tversky()),
    ];

    /// <summary>The loss of a Keras name; null if there is none.</summary>
    public static Loss? Find(string name) => Rows.FirstOrDefault(row => row.Name == name || row.Aliases.Contains(name))?.Create();

    internal sealed record Row(string Name, string[] Aliases, Func<Loss> Create);
}
