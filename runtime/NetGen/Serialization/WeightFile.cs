namespace NetGen;

/// <summary>Weights as a safetensors file under their names, in Keras's layout.</summary>
public static class WeightFile
{
    /// <summary>Saves all tensors, replacing an old file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The tensors.</param>
    /// <param name="metadata">Free-form strings for the header, or null.</param>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public static void Save(string path, ITensorStore store, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, store, metadata));

    /// <summary>Loads all tensors, from a file of weights or from the weights of a checkpoint. Nothing is written before all names and
    /// shapes are checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The tensors to overwrite.</param>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected
    /// or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(string path, ITensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var reader = new SafetensorsReader(path);
        if (!CheckpointReader.IsCheckpoint(reader))
        {
            Load(reader, store, TensorMatcher.Match(reader, store.Tensors));
            return;
        }

        var weights = new TensorStoreGroup([new CheckpointSection(CheckpointSection.Weights, store)]);
        Load(reader, weights, TensorMatcher.Match(reader, weights.Tensors, CheckpointSection.Weights + "/"));
    }

    /// <summary>Copies the tensors at the given positions of the file, one at a time.</summary>
    internal static void Load(SafetensorsReader reader, ITensorStore store, int[] positions)
    {
        float[] scratch = new float[store.Tensors.Count == 0 ? 0 : store.Tensors.Max(tensor => tensor.Size)];
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> values = scratch.AsSpan(0, store.Tensors[i].Size);
            reader.Read(positions[i], values);
            store.Write(i, values);
        }
    }
}
