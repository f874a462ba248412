namespace NetGen;

/// <content>Weights in files.</content>
public abstract partial class Network
{
    /// <summary>
    /// Saves all weights and states as safetensors, in Keras's layout under the layers' names, replacing an old file whole or not at all. It may be called during training:
    /// the file holds the weights between two steps.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written, for example as the disk is full; the old file stays.</exception>
    public void Save(string path) => WeightFile.Save(path, this.SnapshotStore());

    /// <summary>
    /// Loads all weights and states from a file that <see cref="Save"/> has written, or from a checkpoint. Nothing is changed unless all of them are there.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is damaged, or holds other tensors; the message lists all that are missing, unexpected or of another shape.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void LoadWeights(string path) => this.LoadWeights(path, "", this.Definition.Parameters);

    /// <summary>The weights as they are now; they do not change with the network's.</summary>
    internal ParameterStore SnapshotStore()
    {
        NativeBuffer snapshot = new(this.Definition.WeightsLength);
        lock (this.WeightsLock)
        {
            this.Weights.CopyTo(snapshot);
        }

        return this.StoreOf(snapshot, this.Definition.Parameters);
    }

    /// <summary>Loads some parameters, from a file that holds them without a prefix or, among others, with it.</summary>
    internal void LoadWeights(string path, string prefix, ParameterInfo[] parameters)
    {
        using SafetensorsReader reader = new(path);
        string root = CheckpointReader.IsCheckpoint(reader) ? CheckpointSection.Weights + "/" : "";
        TensorInfo[] found = [.. reader.Tensors.Where(t => t.Name.StartsWith(root + prefix, StringComparison.Ordinal))];
        string dropped = "";
        if (found.Length == 0)
        {
            found = [.. reader.Tensors.Where(t => t.Name.StartsWith(root, StringComparison.Ordinal))];
            dropped = prefix;
        }

        NativeBuffer staging = new(this.Definition.WeightsLength);
        ParameterStore store = this.StoreOf(staging, parameters);
        TensorInfo[] wanted = [.. store.Tensors.Select(t => t.WithName(root + t.Name[dropped.Length..]))];
        int[] matches = TensorMatcher.Match(reader.FileName, wanted, found);
        WeightFile.Load(reader, store, Array.ConvertAll(matches, match => reader.IndexOf(found[match].Name)));
        this.Adopt(staging, parameters);
    }

    /// <summary>Takes some parameters over from a buffer of the same layout.</summary>
    internal void Adopt(NativeBuffer source, ParameterInfo[] parameters)
    {
        lock (this.WeightsLock)
        {
            foreach (ParameterInfo parameter in parameters)
            {
                source.Slice(parameter.Offset, parameter.Length).CopyTo(this.Weights.Slice(parameter.Offset, parameter.Length));
            }

            this.MarkWeightsChanged();
        }
    }

    /// <summary>Parameters in a buffer of the weights' layout.</summary>
    internal ParameterStore StoreOf(NativeBuffer buffer, ParameterInfo[] parameters)
    {
        int length = this.Definition.WeightsLength;
        return new ParameterStore(parameters, () => buffer.Slice(0, length));
    }
}
