using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Wires the compiler into Roslyn's incremental pipeline: classes with <c>[Network]</c> → <see cref="FrontendResult"/> (the cache cuts here) → C#. The shell is a
/// plain output, so that an IDE binds user code; the kernels are an implementation output. Diagnostics come from <see cref="NetworkAnalyzer"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    internal const string Networks = nameof(Networks);
    internal const string HintNames = nameof(HintNames);
    internal const string Build = nameof(Build);
    internal const string Shells = nameof(Shells);
    internal const string Kernels = nameof(Kernels);

    private readonly Func<ModelSpec, CompiledShell> shell;
    private readonly Func<ModelSpec, EmitOptions, string?> kernels;

    /// <summary>The generator as the C# compiler makes it.</summary>
    public NetworkGenerator()
        : this(Compiler.Shell, Compiler.Kernels)
    {
    }

    /// <summary>With another compiler behind the frontend, for tests of the wiring.</summary>
    internal NetworkGenerator(Func<ModelSpec, CompiledShell> shell, Func<ModelSpec, EmitOptions, string?> kernels)
    {
        this.shell = shell;
        this.kernels = kernels;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Attempt<FrontendResult>> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(Known.NetworkAttribute, static (node, _) => node is TypeDeclarationSyntax, static (c, cancel) => Read(c, cancel))
            .Where(static n => n is not null)
            .Select(static (n, _) => n!)
            .WithTrackingName(Networks);

        // Hint names must differ in more than case, and two classes that only do so are legal C#. Nearly always the set is empty and nothing depends on it.
        IncrementalValueProvider<EquatableArray<string>> collisions = networks
            .Select(static (n, _) => n.Value?.Model.Type.FullName ?? "")
            .Collect()
            .Select(static (names, _) => HintName.Collisions(names))
            .WithTrackingName(HintNames);

        IncrementalValueProvider<EmitOptions> build = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.Read(options.GlobalOptions))
            .WithTrackingName(Build);

        IncrementalValuesProvider<(Attempt<FrontendResult> Network, EquatableArray<string> Collisions)> named = networks.Combine(collisions);
        IncrementalValuesProvider<Attempt<GeneratedFile>> shells = named
            .Select((pair, cancel) => this.CompileShell(pair.Network, pair.Collisions, cancel))
            .WithTrackingName(Shells);

        // An IDE asks for implementation outputs only when it builds, so typing never plans or prints a kernel.
        IncrementalValuesProvider<Attempt<GeneratedFile>> kernels = named
            .Combine(build)
            .Select((pair, cancel) => this.CompileKernels(pair.Left.Network, pair.Left.Collisions, pair.Right, cancel))
            .WithTrackingName(Kernels);

        context.RegisterSourceOutput(shells, Add);
        context.RegisterImplementationSourceOutput(kernels, Add);
    }

    private static void Add(SourceProductionContext output, Attempt<GeneratedFile> attempt)
    {
        attempt.Value?.AddTo(output);
        if (attempt.Failure is { } failure)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.For(ProblemTable.InternalError), null, failure));
        }
    }

    private static Attempt<FrontendResult>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        // A second [Network] on another part is an error of C#'s own; the class is still one network.
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData first = type.GetAttributes().First(a => Known.IsNetwork(a.AttributeClass));
        if (type.TypeKind != TypeKind.Class || !IsNamed(type) || first.ApplicationSyntaxReference?.GetSyntax(cancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>() != context.TargetNode)
        {
            return null;
        }

        return Attempt<FrontendResult>.Make(type.Name, () => ClassShape.Check(type, cancellationToken).Count > 0 ? null : Frontend.Read(type, cancellationToken));
    }

    /// <summary>A class that is being typed may not have its name yet.</summary>
    private static bool IsNamed(INamedTypeSymbol type) => type.Name.Length > 0 && (type.ContainingType is null || IsNamed(type.ContainingType));

    private Attempt<GeneratedFile> CompileShell(Attempt<FrontendResult> network, EquatableArray<string> collisions, CancellationToken cancellationToken)
    {
        if (network.Value is not { } read)
        {
            return new Attempt<GeneratedFile>(null, network.Failure);
        }

        return Attempt<GeneratedFile>.Make(read.Model.Type.FullName, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            string text = this.shell(read.Model).Text;
            if (MemberClash.Find(read.Members, text).Count > 0)
            {
                // The analyzer tells them; what is left lets the rest of the user's code compile.
                text = MemberClash.Remove(read.Members, ShellEmitter.Emit(read.Model.Type, null, default));
            }

            return new GeneratedFile(HintName.For(read.Model.Type, collisions) + ".g.cs", text);
        });
    }

    private Attempt<GeneratedFile> CompileKernels(Attempt<FrontendResult> network, EquatableArray<string> collisions, EmitOptions options, CancellationToken cancellationToken)
    {
        // What failed or has problems has been told by the shell's step and by the analyzer.
        if (network.Value is not { IsComplete: true, Problems.Count: 0 } read)
        {
            return new Attempt<GeneratedFile>(null, null);
        }

        return Attempt<GeneratedFile>.Make(read.Model.Type.FullName, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool clashes = read.Members.Count > 0 && MemberClash.Find(read.Members, this.shell(read.Model).Text).Count > 0;
            return !clashes && this.kernels(read.Model, options) is { } text ? new GeneratedFile(HintName.For(read.Model.Type, collisions) + ".Kernels.g.cs", text) : null;
        });
    }
}
