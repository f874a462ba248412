namespace NetGen;

/// <summary>Every loss under Keras's names, with its default arguments.</summary>
internal static class LossTable
{
    /// <summary>One row per loss: the name of the Keras class, its other names there, and the loss.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"], () => Loss.BinaryCrossentropy()),
        new("CategoricalCrossentropy", ["categorical_crossentropy"], () => Loss.CategoricalCrossentropy()),
        new("Huber", ["huber", "huber_loss"], () => Loss.Huber()),
        new("KLDivergence", ["kl_divergence", "kld", "KLD"], () => Loss.KLDivergence()),
        new("MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], () => Loss.MeanAbsoluteError()),
        new("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], () => Loss.MeanSquaredError()),
        new("SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"], () => Loss.SparseCategoricalCrossentropy()),
    ];

    /// <summary>The loss of a Keras name; null if there is none.</summary>
    public static Loss? Find(string name) => Rows.FirstOrDefault(row => row.Name == name || row.Aliases.Contains(name))?.Create();

    internal sealed record Row(string Name, string[] Aliases, Func<Loss> Create);
}
