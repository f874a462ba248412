namespace NetGen.Samples;

/// <summary>What each epoch gave on images that training does not see.</summary>
/// <param name="Losses">The losses.</param>
/// <param name="Accuracies">The accuracies.</param>
internal sealed record Curve(IReadOnlyList<double> Losses, IReadOnlyList<double> Accuracies)
{
    /// <summary>The curve of some runs, one behind the other.</summary>
    public static Curve Of(params ReadOnlySpan<History> runs)
    {
        List<double> losses = [], accuracies = [];
        foreach (History run in runs)
        {
            losses.AddRange(run["val_loss"]);
            accuracies.AddRange(run["val_accuracy"]);
        }

        return new Curve(losses, accuracies);
    }
}
