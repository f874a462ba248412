namespace NetGen;

/// <summary>
/// What layers with <c>Stateful</c> take over from batch to batch, outside of the network: one state behind the other, each a row a sample. A batch works on a copy, so that one
/// that fails changes nothing.
/// </summary>
/// <param name="network">The network's name, for messages.</param>
/// <param name="names">The states' names.</param>
/// <param name="sizes">Floats of each state of one sample.</param>
/// <param name="offsets">Where each state begins, in floats of one sample.</param>
/// <param name="floats">Floats of all states of one sample.</param>
internal sealed class CarriedStates(string network, string[] names, int[] sizes, int[] offsets, int floats)
{
    private NativeBuffer kept = new(0);
    private NativeBuffer working = new(0);

    /// <summary>How many sequences go on from batch to batch; 0 before the first one.</summary>
    public int Samples { get; private set; }

    /// <summary>Goes back to zeros: the next batch says anew how many samples there are.</summary>
    public void Reset() => Samples = 0;

    /// <summary>The states before a batch, which its programs replace; null where the network has none.</summary>
    /// <param name="samples">The number of samples of the batch.</param>
    /// <exception cref="ArgumentException">The batches before had another number of samples. Nothing has changed.</exception>
    public NativeBuffer? Begin(int samples)
    {
        if (floats == 0) return null;
        if (Samples != 0 && Samples != samples)
        {
            throw new ArgumentException(
                $"{network} has layers with Stateful, whose samples go on from batch to batch: a batch of {samples} samples cannot follow one of {Samples}. Take a batch size that divides the number of samples, leave the remainder out, or call ResetStates.",
                "data");
        }

        if (Samples == 0)
        {
            nint length = (nint)samples * floats;
            if (kept.Length != length) (kept, working) = (new NativeBuffer(length), new NativeBuffer(length));
            else kept.Clear();
        }

        kept.CopyTo(working);
        return working;
    }

    /// <summary>Takes over what a batch has made of the states.</summary>
    /// <param name="samples">The number of samples of the batch.</param>
    public void End(int samples)
    {
        if (floats == 0) return;
        (kept, working) = (working, kept);
        Samples = samples;
    }

    /// <summary>The states as tensors (samples, size) by their names, for a checkpoint.</summary>
    public Store ToStore() => new(names, sizes, offsets, kept, Samples);

    /// <summary>Room for the states of some samples that a checkpoint holds; <see cref="Adopt"/> takes them over.</summary>
    public Store Stage(int samples) => new(names, sizes, offsets, new NativeBuffer((nint)samples * floats), samples);

    /// <summary>Goes to where a checkpoint stands; to zeros where it has no states.</summary>
    public void Adopt(Store? staged)
    {
        Reset();
        if (staged is null) return;
        (kept, working, Samples) = (staged.Buffer, new NativeBuffer(staged.Buffer.Length), staged.Samples);
    }

    /// <summary>The states of some samples as tensors.</summary>
    internal sealed class Store(string[] names, int[] sizes, int[] offsets, NativeBuffer buffer, int samples) : ITensorStore
    {
        public NativeBuffer Buffer { get; } = buffer;

        public int Samples { get; } = samples;

        public IReadOnlyList<TensorInfo> Tensors { get; } = [.. names.Select((name, i) => new TensorInfo(name, [samples, sizes[i]]))];

        public void Read(int index, Span<float> destination) => Tensor(index).CopyTo(destination);

        public void Write(int index, ReadOnlySpan<float> source) => source.CopyTo(Tensor(index));

        private Span<float> Tensor(int index) => Buffer.Slice((nint)offsets[index] * Samples, sizes[index] * Samples);
    }
}
