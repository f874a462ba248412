using System.Diagnostics.CodeAnalysis;

namespace NetGen.Keras;

/// <summary>
/// A file of Keras, of whichever form: a whole model or weights as HDF5 of Keras 1 and 2 (<c>.h5</c>), weights of Keras 3 (<c>.weights.h5</c>), or a model of Keras 3 (<c>.keras</c>). The content
/// tells which, not the file's name.
/// </summary>
internal sealed class KerasFile : IDisposable
{
    private static readonly string[] Containers = ["layers", "_layer_checkpoint_dependencies"];

    /// <summary>What a model has beside its layers.</summary>
    private static readonly HashSet<string> NoLayers = ["vars", "optimizer", "compile_metrics", "compile_loss", "loss_tracker", "metrics", "loss"];

    private readonly HdfFile hdf;

    private KerasFile(string fileName, HdfFile hdf, string? configuration)
    {
        this.FileName = fileName;
        this.hdf = hdf;
        HdfGroup root = hdf.Root;
        HdfGroup weights = root.Group("model_weights") ?? root;
        if (Chunked(weights, "layer_names") is { } layers)
        {
            this.Configuration = configuration ?? root.Texts("model_config")?.FirstOrDefault();
            this.Scopes = this.Legacy(weights, layers);
            this.HasOrder = this.HasNames = this.IsLegacy = true;
            return;
        }

        this.Configuration = configuration;
        KerasOrder? order = configuration is null ? null : KerasOrder.Read(configuration);
        List<KerasScope> scopes = [];
        if (root.Group("vars") is null && !Containers.Any(c => root.Group(c) is not null))
        {
            string found = root.Groups.Count + root.Tensors.Count == 0 ? "nothing" : string.Join(", ", root.Groups.Select(g => g.Name).Concat(root.Tensors.Select(t => t.Name)).Take(10).Select(ModelFileException.Shorten));
            throw new ModelFileException(fileName, null, $"It is an HDF5 file, but not one of Keras: neither 'layer_names' nor a group 'layers' or 'vars' is there. It has {found}.");
        }

        this.HasNames = Collect(root, [], order, scopes);
        this.Scopes = scopes;
        this.HasOrder = order is not null;
    }

    /// <summary>The file's name, as it was given.</summary>
    public string FileName { get; }

    /// <summary>The model's configuration as JSON, or null where the file has weights alone.</summary>
    public string? Configuration { get; }

    /// <summary>The weights of the model, without those of its optimizer, layer by layer.</summary>
    public IReadOnlyList<KerasScope> Scopes { get; }

    /// <summary>Whether the order of <see cref="Scopes"/> is the model's. Weights of Keras 3 alone are counted within each class of layers.</summary>
    public bool HasOrder { get; }

    /// <summary>Whether layers have their own names. Older versions of Keras 3 write weights alone under the layers' classes, <c>conv2d_3</c>, which may be the name of another layer.</summary>
    public bool HasNames { get; }

    /// <summary>Whether it is of the form of Keras 1 and 2, in which weights have the paths of their names, and not of Python's attributes.</summary>
    public bool IsLegacy { get; }

    /// <summary>Every tensor in the file, the optimizer's among them.</summary>
    public IEnumerable<HdfTensor> Tensors => this.hdf.Root.All;

    /// <exception cref="ModelFileException">The file is damaged, hostile, or none of Keras.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    public static KerasFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 14));
    }

    /// <param name="fileName">The name, for messages.</param>
    /// <param name="content">The content, which is disposed with the file.</param>
    [RequiresUnreferencedCode(HdfFile.NotTrimmed)]
    [RequiresDynamicCode(HdfFile.NotTrimmed)]
    public static KerasFile Open(string fileName, Stream content)
    {
        Stream weights = content;
        HdfFile? hdf = null;
        try
        {
            if (!content.CanSeek)
            {
                throw new ModelFileException(fileName, null, "It is not a regular file.");
            }

            string? configuration = null;
            Span<byte> head = stackalloc byte[FileSignature.Length];
            head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (FileSignature.IsSafetensors(head))
            {
                throw new ModelFileException(fileName, null, "It is not an HDF5 file of Keras, but safetensors: LoadWeights reads those.");
            }

            if (FileSignature.IsZip(head))
            {
                content.Position = 0;
                (configuration, weights) = KerasArchive.Open(fileName, content);
                content.Dispose();
            }

            weights.Position = 0;
            hdf = new HdfFile(fileName, weights);
            return new KerasFile(fileName, hdf, configuration);
        }
        catch
        {
            hdf?.Dispose();
            weights.Dispose();
            content.Dispose();
            throw;
        }
    }

    public void Dispose() => this.hdf.Dispose();

    /// <summary>The weights of Keras 1 and 2, whose groups carry names in order.</summary>
    private List<KerasScope> Legacy(HdfGroup weights, string[] layers)
    {
        List<KerasScope> scopes = [];
        foreach (string layer in layers.Where(l => l.Length > 0).Append("top_level_model_weights"))
        {
            if (weights.Group(layer) is not { } group)
            {
                // Only newer files have weights of the model itself.
                if (layer == "top_level_model_weights")
                {
                    continue;
                }

                throw new ModelFileException(this.FileName, layer, "It stands in 'layer_names', but its group is missing.");
            }

            string[] names = Chunked(group, "weight_names") ?? throw new ModelFileException(this.FileName, layer, "The layer's group has no 'weight_names'.");
            IReadOnlyDictionary<string, string> directions = KerasNames.Directions(layer, names);
            HashSet<string> stacks = KerasNames.Stacks(names);
            Dictionary<string, KerasScope> byPath = new(StringComparer.Ordinal);
            foreach (string path in names)
            {
                HdfTensor tensor = group.Tensor(path) ?? throw new ModelFileException(this.FileName, layer + "/" + path, "It stands in 'weight_names', but the tensor is missing.");
                (List<string> at, string name) = KerasNames.OfWeight(layer, KerasNames.OfNormalized(path, names), directions, stacks);
                if (KerasNames.IsIgnored(name))
                {
                    continue;
                }

                string key = string.Join('/', at);
                if (!byPath.TryGetValue(key, out KerasScope? scope))
                {
                    byPath.Add(key, scope = new KerasScope(at, new List<KerasVariable>()));
                    scopes.Add(scope);
                }

                ((List<KerasVariable>)scope.Variables).Add(new KerasVariable(name, tensor));
            }
        }

        return scopes;
    }

    /// <summary>The weights of Keras 3, whose groups are named after the attributes of Python's objects.</summary>
    /// <returns>Whether each layer's name is known.</returns>
    private static bool Collect(HdfGroup group, IReadOnlyList<string> names, KerasOrder? order, List<KerasScope> scopes)
    {
        bool isNamed = true;
        HdfTensor[] own = Variables(group), wrapped = group.Group("layer") is { } layer ? Variables(layer) : [];
        if (own.Length > 0 && wrapped.Length > 0)
        {
            // A SpectralNormalization, which counts the kernel of its layer as its own too: kernel, vector_u and the rest.
            scopes.Add(new KerasScope(names, [.. new[] { wrapped[0], own[^1] }.Concat(wrapped.Skip(1)).Select(t => new KerasVariable(null, t))]));
            return isNamed;
        }

        if (own.Length > 0)
        {
            scopes.Add(new KerasScope(names, [.. own.Select(t => new KerasVariable(null, t))]));
        }

        foreach (HdfGroup container in Containers.Select(group.Group).OfType<HdfGroup>().Take(1))
        {
            IEnumerable<HdfGroup> children = container.Groups.Select(g => (Group: g, Key: KerasNames.Counted(g.Name))).OrderBy(c => order?.IndexOf(c.Group.Name) ?? 0).ThenBy(c => c.Key.Base, StringComparer.Ordinal).ThenBy(c => c.Key.Number).Select(c => c.Group);
            foreach (HdfGroup child in children)
            {
                string? name = (child.Group("vars")?.Texts("name") ?? child.Texts("name"))?.FirstOrDefault() ?? order?.NameOf(child.Name);
                int known = scopes.Count;
                isNamed &= Collect(child, [.. names, name ?? child.Name], order?.Inner(child.Name), scopes) && (name is not null || scopes.Count == known);
            }

            // The layers of a model are attributes of it, too.
            return isNamed;
        }

        List<(string? Part, HdfGroup Group)> parts = [];
        foreach (HdfGroup child in group.Groups.Where(g => !(names.Count == 0 ? NoLayers.Contains(g.Name.TrimStart('_')) : g.Name == "vars") && !KerasNames.IsIgnored(g.Name.TrimStart('_'))))
        {
            parts.Add((KerasNames.TryPart(child.Name, out string? part) ? part : child.Name, child));
        }

        foreach ((string? part, HdfGroup child) in parts.OrderBy(p => p.Part is null ? -1 : Array.IndexOf(KerasScope.Parts, p.Part) is >= 0 and int rank ? rank : int.MaxValue).ThenBy(p => KerasNames.Counted(p.Group.Name).Number))
        {
            isNamed &= Collect(child, part is null ? names : [.. names, part], null, scopes);
        }

        return isNamed;
    }

    /// <summary>The weights of a group in order; their names are numbers.</summary>
    private static HdfTensor[] Variables(HdfGroup group) => group.Group("vars") is { } own ? [.. own.Tensors.OrderBy(t => t.Name.Length).ThenBy(t => t.Name, StringComparer.Ordinal)] : [];

    /// <summary>The texts of an attribute, which h5py's limits may have made Keras write in several: <c>name0</c>, <c>name1</c>, ...</summary>
    private static string[]? Chunked(HdfGroup group, string name)
    {
        if (group.Texts(name) is { } whole)
        {
            return whole;
        }

        List<string>? texts = null;
        for (int i = 0; group.Texts(FormattableString.Invariant($"{name}{i}")) is { } piece; i++)
        {
            (texts ??= []).AddRange(piece);
        }

        return texts?.ToArray();
    }
}
