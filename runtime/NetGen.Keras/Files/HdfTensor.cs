namespace NetGen.Keras;

/// <summary>A dataset of an HDF5 file.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Path">The names from the root.</param>
/// <param name="Shape">The sizes; none where there is a problem.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Problem">Why its elements cannot be had, or null.</param>
/// <param name="Elements">Reads them.</param>
internal sealed record HdfTensor(string Name, string Path, int[] Shape, ElementType Type, string? Problem, Func<float[]>? Elements)
{
    /// <summary>The elements, row-major.</summary>
    /// <exception cref="ModelFileException">They cannot be had, or are not as many as the shape says.</exception>
    public float[] Read(string fileName)
    {
        float[] values = this.Elements is { } read ? read() : throw new ModelFileException(fileName, this.Path, this.Problem!);
        return values.Length == TensorInfo.SampleSize(this.Shape) ? values : throw new ModelFileException(fileName, this.Path, $"It has {values.Length} elements where its shape {TensorInfo.FormatShape(this.Shape)} says {TensorInfo.SampleSize(this.Shape)}.");
    }
}
