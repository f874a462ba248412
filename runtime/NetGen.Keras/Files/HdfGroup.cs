namespace NetGen.Keras;

/// <summary>A group of an HDF5 file.</summary>
/// <param name="name">Its own name.</param>
/// <param name="path">The names from the root.</param>
/// <param name="groups">The groups in it.</param>
/// <param name="tensors">The tensors in it.</param>
/// <param name="texts">Reads an attribute; null where there is none of the name.</param>
internal sealed class HdfGroup(string name, string path, IReadOnlyList<HdfGroup> groups, IReadOnlyList<HdfTensor> tensors, Func<string, string[]?> texts)
{
    private Dictionary<string, HdfGroup>? groupsByName;
    private Dictionary<string, HdfTensor>? tensorsByName;

    public string Name { get; } = name;

    public string Path { get; } = path;

    public IReadOnlyList<HdfGroup> Groups { get; } = groups;

    public IReadOnlyList<HdfTensor> Tensors { get; } = tensors;

    /// <summary>All tensors in it and below it.</summary>
    public IEnumerable<HdfTensor> All => this.Tensors.Concat(this.Groups.SelectMany(g => g.All));

    /// <summary>The texts of an attribute, or null.</summary>
    public string[]? Texts(string attribute) => texts(attribute);

    /// <summary>The group of a path with slashes below this one, or null.</summary>
    public HdfGroup? Group(string path)
    {
        HdfGroup? group = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            group = group?.Child(name);
        }

        return group;
    }

    /// <summary>The tensor of a path with slashes below this group, or null.</summary>
    public HdfTensor? Tensor(string path)
    {
        int slash = path.LastIndexOf('/');
        HdfGroup? group = slash < 0 ? this : this.Group(path[..slash]);
        return group?.Own(path[(slash + 1)..]);
    }

    private HdfGroup? Child(string name) => (this.groupsByName ??= this.Groups.DistinctBy(g => g.Name).ToDictionary(g => g.Name, StringComparer.Ordinal)).GetValueOrDefault(name);

    private HdfTensor? Own(string name) => (this.tensorsByName ??= this.Tensors.DistinctBy(t => t.Name).ToDictionary(t => t.Name, StringComparer.Ordinal)).GetValueOrDefault(name);
}
