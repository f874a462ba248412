namespace NetGen;

/// <summary>What is known of a run beforehand.</summary>
/// <param name="InitialEpoch">The first epoch.</param>
/// <param name="Epochs">The epoch behind the last one.</param>
/// <param name="BatchSize">The number of samples of a batch.</param>
/// <param name="Steps">The number of batches of an epoch, or null where the data set does not tell.</param>
/// <param name="HasValidation">Whether a validation follows each epoch.</param>
public sealed record FitInfo(int InitialEpoch, int Epochs, int BatchSize, int? Steps, bool HasValidation)
{
    /// <summary>Whether the run goes on from a checkpoint, whose states the callbacks are given behind <see cref="Callback.OnTrainBegin"/>.</summary>
    public bool IsResumed { get; init; }

    internal static FitInfo None { get; } = new(0, 0, 0, null, false);
}
