namespace NetGen.Benchmarks;

/// <summary>Who computes.</summary>
internal enum Side
{
    NetGen,
    Ort,
    TorchSharp,
}
