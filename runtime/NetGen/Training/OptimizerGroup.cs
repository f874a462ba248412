namespace NetGen;

/// <summary>The variables that one optimizer of a trainer moves, and its state.</summary>
/// <param name="Block">The block's name on the tape; null for what <see cref="Trainer.BlockOptimizers"/> does not name.</param>
/// <param name="Parameters">The variables, by their places among the network's parameters.</param>
/// <param name="State">The optimizer's state.</param>
internal sealed record OptimizerGroup(string? Block, int[] Parameters, OptimizerState State)
{
    private const string Rate = "learning_rate";

    /// <summary>The name of the learning rate among the results of an epoch.</summary>
    public string RateName => Block is null ? Rate : $"{Rate}_{Block}";

    /// <summary>What distinguishes the group's values and tensors in a checkpoint.</summary>
    public string Suffix => Block is null ? "" : $"/{Block}";

    /// <summary>Whether the learning rate may be set.</summary>
    public bool IsRateFree => State.Optimizer.LearningRate.Schedule is null;

    /// <summary>Whether a result of an epoch is a learning rate by its name.</summary>
    public static bool IsRate(string name) => name == Rate || name.StartsWith(Rate + "_", StringComparison.Ordinal);

    /// <summary>Reports the learning rates.</summary>
    public static void Report(OptimizerGroup[] groups, Logs logs)
    {
        foreach (OptimizerGroup group in groups) logs[group.RateName] = group.State.LearningRate;
    }
}
