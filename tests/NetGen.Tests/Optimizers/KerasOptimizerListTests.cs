namespace NetGen.Tests;

/// <summary>The classes of <c>keras.optimizers</c>, so that the list is seen to be whole.</summary>
public sealed class KerasOptimizerListTests
{
    /// <summary>
    /// The 14 optimizers of Keras 3 with a rule of their own. Not among them are <c>Optimizer</c>, whose part here has <see cref="Optimizer"/> itself, a class to derive from; <c>LossScaleOptimizer</c>,
    /// which seeks a scale of the loss for arithmetic in 16 bits, which there is none of here: a scale that is given is <see cref="Optimizer.LossScaleFactor"/> of every optimizer; and
    /// <c>MultiOptimizer</c> with <c>OptimizerMap</c>, which is <see cref="Trainer.BlockOptimizers"/>.
    /// </summary>
    public static TheoryData<string> Classes =>
    [
        "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Lamb", "Lion", "Muon", "Nadam", "RMSprop", "SGD", "ScheduleFreeAdamW",
    ];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_optimizer_of_Keras_has_its_class(string name)
    {
        Type type = typeof(Optimizer).Assembly.GetType($"NetGen.{name}", throwOnError: true)!;
        Optimizer optimizer = Assert.IsAssignableFrom<Optimizer>(Activator.CreateInstance(type));
        Assert.NotNull(type.GetConstructor([typeof(LearningRate)]));
        Assert.Equal(optimizer.IsElementwise, name is not ("Lamb" or "Adafactor" or "Muon"));
    }

    [Fact]
    public void There_are_no_other_optimizers() =>
        Assert.Equal(Classes.Select(row => row.Data).Order(), typeof(Optimizer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Optimizer))).Select(type => type.Name).Order());
}
