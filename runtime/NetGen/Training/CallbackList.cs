namespace NetGen;

/// <summary>The callbacks of a trainer in the order of their calls.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] first;
    private readonly Callback[] last;

    public CallbackList(IReadOnlyList<Callback> callbacks, Trainer trainer, FitInfo run)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        Attach(callbacks, trainer);
        foreach (Callback callback in callbacks) callback.Run = run;
        first = [.. callbacks.Where(callback => callback is not (ModelCheckpoint or BackupAndRestore))];
        last = [.. callbacks.Where(callback => callback is ModelCheckpoint), .. callbacks.Where(callback => callback is BackupAndRestore)];
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
        foreach (Callback callback in first) callback.OnTrainBegin();
        foreach (Callback callback in last) callback.OnTrainBegin();
    }

    public void OnTrainEnd()
    {
        foreach (Callback callback in first) callback.OnTrainEnd();
        foreach (Callback callback in last) callback.OnTrainEnd();
    }

    public void OnTrainInterrupted()
    {
        foreach (Callback callback in first) callback.OnTrainInterrupted();
        foreach (Callback callback in last) callback.OnTrainInterrupted();
    }

    public void OnEpochBegin(int epoch)
    {
        foreach (Callback callback in first) callback.OnEpochBegin(epoch);
        foreach (Callback callback in last) callback.OnEpochBegin(epoch);
    }

    /// <summary>Calls all callbacks; the results are recorded before checkpoints are saved.</summary>
    public void OnEpochEnd(int epoch, Logs logs, History history)
    {
        foreach (Callback callback in first) callback.OnEpochEnd(epoch, logs);
        history.Record(epoch, logs);
        foreach (Callback callback in last) callback.OnEpochEnd(epoch, logs);
    }

    public void OnTestBegin()
    {
        foreach (Callback callback in first) callback.OnTestBegin();
        foreach (Callback callback in last) callback.OnTestBegin();
    }

    public void OnTestEnd()
    {
        foreach (Callback callback in first) callback.OnTestEnd();
        foreach (Callback callback in last) callback.OnTestEnd();
    }

    public void OnBatchBegin(int batch)
    {
        foreach (Callback callback in first) callback.OnBatchBegin(batch);
        foreach (Callback callback in last) callback.OnBatchBegin(batch);
    }

    public void OnBatchEnd(int batch, Logs logs)
    {
        foreach (Callback callback in first) callback.OnBatchEnd(batch, logs);
        foreach (Callback callback in last) callback.OnBatchEnd(batch, logs);
    }
}
