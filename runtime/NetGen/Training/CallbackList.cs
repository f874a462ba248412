namespace NetGen;

/// <summary>The callbacks of a trainer in the order of their calls.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] all;

    /// <summary>How many come before those that save.</summary>
    private readonly int deciding;

    public CallbackList(IReadOnlyList<Callback> callbacks, Trainer trainer, FitInfo run)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        Attach(callbacks, trainer);
        foreach (Callback callback in callbacks) callback.Run = run;
        Callback[] first = [.. callbacks.Where(callback => callback is not (ModelCheckpoint or BackupAndRestore))];
        all = [.. first, .. callbacks.Where(callback => callback is ModelCheckpoint), .. callbacks.Where(callback => callback is BackupAndRestore)];
        deciding = first.Length;
    }

    /// <summary>Says to callbacks whose they are.</summary>
    public static void Attach(IReadOnlyList<Callback> callbacks, Trainer trainer)
    {
        for (int i = 0; i < callbacks.Count; i++)
        {
            if (callbacks[i] is null) throw new ArgumentException($"Callback {i} is null.", nameof(callbacks));
            callbacks[i].Trainer = trainer;
        }
    }

    public void OnTrainBegin()
    {
        foreach (Callback callback in all) callback.OnTrainBegin();
    }

    public void OnTrainEnd()
    {
        foreach (Callback callback in all) callback.OnTrainEnd();
    }

    public void OnTrainInterrupted()
    {
        foreach (Callback callback in all) callback.OnTrainInterrupted();
    }

    public void OnEpochBegin(int epoch)
    {
        foreach (Callback callback in all) callback.OnEpochBegin(epoch);
    }

    /// <summary>Calls all callbacks; the results are recorded before checkpoints are saved.</summary>
    public void OnEpochEnd(int epoch, Logs logs, History history)
    {
        foreach (Callback callback in all.AsSpan(0, deciding)) callback.OnEpochEnd(epoch, logs);
        history.Record(epoch, logs);
        foreach (Callback callback in all.AsSpan(deciding)) callback.OnEpochEnd(epoch, logs);
    }

    public void OnTestBegin()
    {
        foreach (Callback callback in all) callback.OnTestBegin();
    }

    public void OnTestEnd()
    {
        foreach (Callback callback in all) callback.OnTestEnd();
    }

    public void OnBatchBegin(int batch)
    {
        foreach (Callback callback in all) callback.OnBatchBegin(batch);
    }

    public void OnBatchEnd(int batch, Logs logs)
    {
        foreach (Callback callback in all) callback.OnBatchEnd(batch, logs);
    }
}
