namespace NetGen.Keras;

/// <summary>A weight that is to be found in a file.</summary>
/// <param name="Parameter">The network's name for it.</param>
/// <param name="Scopes">The names that its layer is looked for by.</param>
/// <param name="Name">Its own name, <c>kernel</c>.</param>
/// <param name="Shape">The sizes.</param>
internal sealed record WantedWeight(string Parameter, IReadOnlyList<string> Scopes, string Name, int[] Shape)
{
    /// <summary>Of a parameter's path, without what stands before all of them.</summary>
    public static WantedWeight Of(string parameter, int[] shape, string prefix)
    {
        string[] names = parameter[prefix.Length..].Split('/');

        // A part may be a single layer, whose weights then have its name.
        IReadOnlyList<string> scopes = names.Length > 1 ? names[..^1] : prefix.TrimEnd('/').Split('/');
        return new WantedWeight(parameter, scopes, names[^1], shape);
    }

    public override string ToString() => $"'{this.Parameter}' {TensorInfo.FormatShape(this.Shape)}";
}
