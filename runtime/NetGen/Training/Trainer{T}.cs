namespace NetGen;

/// <inheritdoc/>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class Trainer<TNetwork> : Trainer
    where TNetwork : Network<TNetwork>, INetwork<TNetwork>
{
    /// <summary>Makes a trainer; its properties say how.</summary>
    /// <param name="model">The network to train.</param>
    public Trainer(TNetwork model)
        : base(model)
    {
        UnoptimizedWarning.Give(typeof(TNetwork), Console.Error);
    }

    /// <summary>The network that is trained.</summary>
    public TNetwork Model => (TNetwork)Network;

    private protected override TrainingProgram? CreateProgram() => TNetwork.CreateTrainingProgram();
}
