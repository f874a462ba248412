namespace NetGen;

/// <summary>Gathers the batches of one epoch from the columns of a <see cref="Dataset"/>. It allocates nothing per batch.</summary>
internal sealed class DatasetReader(
    TensorColumn[] inputs, TensorColumn[] targets, float[]? sampleWeights, int[]? order, int count, int batchSize, int epoch, bool dropRemainder)
    : BatchReader
{
    private int position;

    public override bool TryRead(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int samples = Math.Min(batchSize, count - position);
        if (samples == 0 || (dropRemainder && samples < batchSize)) return false;
        if (batch.Capacity < samples || batch.InputCount != inputs.Length || batch.TargetCount != targets.Length
            || batch.HasSampleWeights != sampleWeights is not null)
        {
            throw new ArgumentException(
                $"The batch was made for another source or has room for {batch.Capacity} samples only, not for {samples}.", nameof(batch));
        }

        for (int i = 0; i < inputs.Length; i++) Gather(inputs[i], batch.InputBuffer(i), batch.Capacity, samples);
        for (int i = 0; i < targets.Length; i++) Gather(targets[i], batch.TargetBuffer(i), batch.Capacity, samples);
        if (sampleWeights is not null)
        {
            Span<float> weights = batch.SampleWeightBuffer;
            for (int i = 0; i < samples; i++) weights[i] = sampleWeights[RowOf(position + i)];
        }

        batch.Count = samples;
        batch.SetSamples(order, position);
        position += samples;
        return true;
    }

    private void Gather(TensorColumn column, Span<float> buffer, int capacity, int samples)
    {
        int size = column.Info.Size;
        if (buffer.Length != (long)size * capacity)
        {
            throw new ArgumentException(
                $"The batch holds {buffer.Length / capacity} elements per sample of '{column.Info.Name}'; {size} are expected.");
        }

        for (int i = 0; i < samples; i++) column.Read(new SampleId(RowOf(position + i), epoch), buffer.Slice(i * size, size));
    }

    private int RowOf(int sample) => order is null ? sample : order[sample];
}
