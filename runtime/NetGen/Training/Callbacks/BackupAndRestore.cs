namespace NetGen;

/// <summary>
/// Keeps a backup of the training while <see cref="Trainer.Fit"/> runs, and goes on from it where the process was ended before its time (Keras's <c>BackupAndRestore</c>): the same call of Fit,
/// made anew, gives the bits of a run without interruption. It is called behind all other callbacks, so that it saves what they have decided.
/// </summary>
/// <remarks>The backup is a checkpoint as of <see cref="Trainer.SaveCheckpoint"/>, which replaces the one before whole or not at all. It is the run's own: another network or other data need another folder.</remarks>
public sealed class BackupAndRestore : Callback
{
    private const string Latest = "latest.checkpoint";
    private const string Previous = "previous.checkpoint";

    private readonly string folder;
    private readonly EveryBatches batches;
    private readonly bool doubleCheckpoint;
    private readonly bool deleteCheckpoint;

    /// <summary>Keeps a backup of the training.</summary>
    /// <param name="backupDir">The folder of the backup; it is made where it is missing.</param>
    /// <param name="saveFreq">After how many batches to save, counted over epochs; null saves after every epoch.</param>
    /// <param name="doubleCheckpoint">Whether the backup before the latest is kept too, and taken where the latest is damaged.</param>
    /// <param name="deleteCheckpoint">Whether the backup is deleted when the run ends by itself. Where not, the next Fit begins at its end.</param>
    /// <exception cref="ArgumentException"><paramref name="backupDir"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="saveFreq"/> is below 1.</exception>
    public BackupAndRestore(string backupDir, int? saveFreq = null, bool doubleCheckpoint = false, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(backupDir);
        batches = new EveryBatches(saveFreq, nameof(saveFreq));
        folder = backupDir;
        this.doubleCheckpoint = doubleCheckpoint;
        this.deleteCheckpoint = deleteCheckpoint;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin() => Directory.CreateDirectory(folder);

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs)
    {
        if (batches.IsDue()) Save();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (!batches.IsSet) Save();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (!deleteCheckpoint) return;

        // The older first: what is left of a deletion that was interrupted is the end of the run.
        File.Delete(Path.Combine(folder, Previous));
        File.Delete(Path.Combine(folder, Latest));
    }

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state) => batches.Save(state);

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state) => batches.Load(state);

    /// <summary>Loads the backup, where there is one.</summary>
    /// <exception cref="ModelFileException">The backup is damaged, or of another network or optimizer.</exception>
    internal bool TryRestore(Trainer trainer)
    {
        string latest = Path.Combine(folder, Latest), previous = Path.Combine(folder, Previous);
        if (!File.Exists(latest)) return doubleCheckpoint && TryLoad(trainer, previous);
        try
        {
            return TryLoad(trainer, latest);
        }
        catch (ModelFileException) when (doubleCheckpoint && File.Exists(previous))
        {
            bool isLoaded = TryLoad(trainer, previous);

            // Or the next backup would put the damaged one in the place of the only good one.
            File.Move(previous, latest, overwrite: true);
            return isLoaded;
        }
    }

    private static bool TryLoad(Trainer trainer, string path)
    {
        if (!File.Exists(path)) return false;
        trainer.LoadCheckpoint(path);
        return true;
    }

    private void Save()
    {
        string latest = Path.Combine(folder, Latest);
        if (doubleCheckpoint && File.Exists(latest)) File.Move(latest, Path.Combine(folder, Previous), overwrite: true);
        Trainer.SaveCheckpoint(latest);
    }
}
