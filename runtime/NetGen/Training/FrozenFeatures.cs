namespace NetGen;

/// <summary>
/// What the frozen part makes of the samples of a batch, and of a data set that gives the same ones in each epoch, if there is room: those that were seen before are not computed again.
/// </summary>
internal sealed unsafe class FrozenFeatures
{
    private readonly Network network;
    private readonly SiblingNetwork part;
    private readonly int[] sizes;
    private readonly int floats;
    private readonly FrozenEntry? entry;
    private NativeBuffer[] batchFeatures;
    private Dictionary<int, int>? places;
    private NativeBuffer kept = new(0);
    private int room;

    public FrozenFeatures(Network network, FrozenProgram program)
    {
        this.network = network;
        Program = program;
        part = new SiblingNetwork(network, program);
        sizes = Array.ConvertAll(part.Definition.Outputs, feature => feature.Size);
        floats = sizes.Sum();
        entry = program.Entry is null ? null : new FrozenEntry(program.Entry, part.Definition.Inputs[0].Size);
        batchFeatures = Array.ConvertAll(sizes, _ => new NativeBuffer(0));
    }

    public FrozenProgram Program { get; }

    /// <summary>Samples whose features were computed, of all batches so far.</summary>
    public long Computed { get; private set; }

    /// <summary>Whether all of the part is frozen now.</summary>
    public bool IsFrozen => (network.LiveToggles & Program.Toggles) == 0;

    /// <summary>Keeps features from now on until <see cref="Forget"/>, unless random layers stand before the part.</summary>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="bytes">The most memory to take.</param>
    public void Keep(long samples, long bytes)
    {
        if (entry is not null) return;
        room = (int)Math.Min(Math.Min(samples, bytes / ((long)floats * sizeof(float))), Array.MaxLength);
        places = room == 0 ? null : [];
    }

    /// <summary>Gives the memory of kept features back.</summary>
    public void Forget()
    {
        (places, room) = (null, 0);
        kept = new NativeBuffer(0);
    }

    /// <summary>Counts a change of the weights behind the part. The caller holds the network's lock.</summary>
    public void MarkOthersChanged() => part.MarkOthersChanged();

    /// <summary>Computes or finds the features of a batch, and gives them to the frame as inputs behind the network's own.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="frame">Has the inputs, sizes and the key of random numbers.</param>
    /// <param name="threads">The most threads to use.</param>
    public void Take(Batch batch, ref Frame frame, int threads)
    {
        if (part.Refresh()) places?.Clear();
        InputInfo[] inputs = network.Definition.Inputs;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (batchFeatures[i].Length < (nint)batch.Count * sizes[i]) batchFeatures[i] = new NativeBuffer((nint)batch.Capacity * sizes[i]);
            frame.Inputs[inputs.Length + i] = (nint)batchFeatures[i].Pointer;
        }

        if (Find(batch)) return;
        ReadOnlySpan<float> first = entry is null ? InputOf(0, batch.Count, in frame) : entry.Run(batch, in frame, threads);
        int read = part.Definition.Inputs.Length;
        PredictCall call = new() { Input0 = first, Output0 = Of(0, batch.Count) };
        if (read > 1) call.Input1 = InputOf(1, batch.Count, in frame);
        if (read > 2) call.Input2 = InputOf(2, batch.Count, in frame);
        if (read > 3) call.Input3 = InputOf(3, batch.Count, in frame);
        if (sizes.Length > 1) call.Output1 = Of(1, batch.Count);
        if (sizes.Length > 2) call.Output2 = Of(2, batch.Count);
        if (sizes.Length > 3) call.Output3 = Of(3, batch.Count);
        part.Infer(in call, threads);
        Computed += batch.Count;
        Add(batch);
    }

    /// <summary>Fetches the features of a batch, if all are kept.</summary>
    private bool Find(Batch batch)
    {
        if (places is null || places.Count == 0) return false;
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.SampleAt(i) is not { } sample || !places.ContainsKey(sample)) return false;
        }

        for (int i = 0; i < batch.Count; i++) Move(i, places[batch.SampleAt(i)!.Value], isKept: true);
        return true;
    }

    private void Add(Batch batch)
    {
        if (places is null) return;
        for (int i = 0; i < batch.Count && places.Count < room; i++)
        {
            if (batch.SampleAt(i) is not { } sample || !places.TryAdd(sample, places.Count)) continue;
            if (kept.Length == 0) kept = new NativeBuffer((nint)room * floats);
            Move(i, places.Count - 1, isKept: false);
        }
    }

    private void Move(int sample, int place, bool isKept)
    {
        nint at = (nint)place * floats;
        for (int i = 0; i < sizes.Length; i++)
        {
            Span<float> own = batchFeatures[i].Slice((nint)sample * sizes[i], sizes[i]), other = kept.Slice(at, sizes[i]);
            if (isKept) other.CopyTo(own);
            else own.CopyTo(other);
            at += sizes[i];
        }
    }

    private Span<float> Of(int feature, int samples) => batchFeatures[feature].Slice(0, samples * sizes[feature]);

    private ReadOnlySpan<float> InputOf(int input, int samples, in Frame frame) => new((void*)frame.Inputs[input], samples * network.Definition.Inputs[input].Size);
}
