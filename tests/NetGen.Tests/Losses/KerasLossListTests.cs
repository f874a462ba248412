using System.Reflection;

namespace NetGen.Tests;

/// <summary>The classes of <c>keras.losses</c>, so that the list is seen to be whole.</summary>
public sealed class KerasLossListTests
{
    /// <summary>The 22 losses of Keras 3. Not among them are <c>Loss</c>, whose part here has <see cref="Loss"/> itself, a class to derive from, and
    /// <c>LossFunctionWrapper</c>, which makes a loss of a Python function: a loss of one's own is a class here.</summary>
    public static TheoryData<string> Classes =>
    [
        "BinaryCrossentropy", "BinaryFocalCrossentropy", "CTC", "CategoricalCrossentropy", "CategoricalFocalCrossentropy", "CategoricalGeneralizedCrossEntropy",
        "CategoricalHinge", "Circle", "CosineSimilarity", "Dice", "Hinge", "Huber", "KLDivergence", "LogCosh", "MeanAbsoluteError", "MeanAbsolutePercentageError",
        "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson", "SparseCategoricalCrossentropy", "SquaredHinge", "Tversky",
    ];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_loss_of_Keras_has_its_factory_and_its_name(string name)
    {
        Assert.Contains(typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static), method => method.Name == name && method.ReturnType == typeof(Loss));
        Assert.NotNull(LossTable.Find(name));
    }

    [Fact]
    public void The_table_has_no_other_losses() => Assert.Equal(Classes.Select(row => row.Data).Order(), LossTable.Rows.Select(row => row.Name).Order());
}
