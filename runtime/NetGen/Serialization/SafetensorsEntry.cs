namespace NetGen;

/// <summary>A tensor and the bytes of the file which hold it, from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
internal readonly record struct SafetensorsEntry(TensorInfo Info, long Start, long End);
