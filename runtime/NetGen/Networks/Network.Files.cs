namespace NetGen;

/// <content>Weights in files.</content>
public abstract partial class Network
{
    /// <summary>Floats of a tensor that are read at a time where they have to be packed.</summary>
    private const int ChunkLength = 16 << 10;

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
            this.Newest.CopyTo(snapshot, this.Definition.WeightsLength);
        }

        return this.StoreOf(snapshot, this.Definition.Parameters);
    }

    /// <summary>Loads some parameters, from a file that holds them without a prefix or, among others, with it.</summary>
    internal void LoadWeights(string path, string prefix, ParameterInfo[] parameters)
    {
        using SafetensorsReader reader = new(path);
        string root = CheckpointReader.IsCheckpoint(reader) ? CheckpointSection.Weights + "/" : "";
        string dropped = prefix.Length == 0 || reader.CountUnder(root + prefix) > 0 ? "" : prefix;
        TensorInfo[] wanted = new TensorInfo[parameters.Length];
        int most = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = parameters[i].ToTensor(root);
            if (dropped.Length > 0)
            {
                wanted[i] = wanted[i].WithName(root + parameters[i].Name[dropped.Length..]);
            }

            most = Math.Max(most, parameters[i].LeastChunk);
        }

        int[] positions = TensorMatcher.Match(reader, wanted, dropped.Length > 0 ? root : root + prefix);

        // A network without master weights takes the buffer as its snapshot, so that there is one copy of the weights.
        bool isWhole = parameters.Length == this.Definition.Parameters.Length;
        NativeBuffer staging = new(isWhole && !this.HasMaster ? this.program.PreparedLength : this.Definition.WeightsLength);
        Span<float> weights = staging.Slice(0, this.Definition.WeightsLength);
        float[] chunk = new float[Math.Max(most, ChunkLength)];
        for (int i = 0; i < positions.Length; i++)
        {
            parameters[i].Read(reader, positions[i], weights, chunk);
        }

        lock (this.WeightsLock)
        {
            if (isWhole && !this.HasMaster)
            {
                this.weightsVersion++;
                this.Publish(staging);
            }
            else
            {
                this.Adopt(staging, parameters);
            }
        }

        GC.KeepAlive(staging);
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
